import type { JournalEntry, Posting } from '@imprest/domain';
import type { StoredEntry } from '@imprest/ledger-seal';
import type { ClientBase } from 'pg';
import { NO_CURRENCY } from '../ledger/rows.js';
import { arrayElements } from './array-text.js';

const PAGE = 2_000;
const ENTRIES = `
  select position, tenant_id, revision, event_id, type, generation_id, happened_at, known_at,
    accounts, lots, tokens, minor_units, currencies, available, held, leaf
  from ledger.entries where position > $1 and position <= $2 order by position limit ${PAGE}`;

/** As PostgreSQL writes it; only what is not null may be null. */
type Columns = readonly [
  position: string,
  tenantId: string,
  revision: string,
  eventId: string,
  type: string,
  generationId: string | null,
  happenedAt: string,
  knownAt: string,
  accounts: string,
  lots: string,
  tokens: string,
  minorUnits: string,
  currencies: string,
  available: string,
  held: string,
  leaf: string,
];

const asText = { getTypeParser: () => (text: string) => text };

/** Where a session's text has to be the same on every server. */
export const PREPARE_AUDIT = `set timezone = 'UTC'; set datestyle = 'ISO'; set bytea_output = 'hex';
  set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_bitmapscan = off`;

/** Entries of the journal in store order, a page ahead of whoever asks. */
export class StoredEntryReader {
  private page: readonly StoredEntry[] = [];
  private at = 0;
  private next: Promise<readonly StoredEntry[]> | undefined;

  /** @param client prepared with PREPARE_AUDIT and used by nobody else meanwhile. */
  constructor(
    private readonly client: ClientBase,
    after: bigint,
    private readonly upTo: bigint,
  ) {
    this.next = this.read(after);
  }

  /** The entries not given yet up to a position. */
  async takeUpTo(position: bigint): Promise<readonly StoredEntry[]> {
    const taken: StoredEntry[] = [];
    for (;;) {
      while (this.at < this.page.length) {
        const entry = this.page[this.at] as StoredEntry;
        if (entry.position > position) return taken;
        taken.push(entry);
        this.at += 1;
      }
      if (this.next === undefined) return taken;
      this.page = await this.next;
      this.at = 0;
      const last = this.page.at(-1);
      this.next = last === undefined ? undefined : this.read(last.position);
    }
  }

  /** Lets the reading that is under way end. */
  async close(): Promise<void> {
    await this.next?.catch(() => undefined);
  }

  private read(after: bigint): Promise<readonly StoredEntry[]> {
    const statement = {
      ...{ name: 'ledger.audit_entries', text: ENTRIES, values: [after, this.upTo] },
      ...({ rowMode: 'array', types: asText } as const),
    };
    const reading = this.client
      .query<string[]>(statement)
      .then(({ rows }) => rows.map((row) => storedEntry(row as unknown as Columns)));
    // A failure is told to whoever asks for the page, and to nobody before.
    reading.catch(() => undefined);
    return reading;
  }
}

function storedEntry(columns: Columns): StoredEntry {
  const [position, tenantId, revision, eventId, type, generationId, happenedAt, knownAt] = columns;
  const [, , , , , , , , accounts, lots, tokens, minorUnits, currencies] = columns;
  const entry: JournalEntry = {
    ...{ tenantId, revision: Number(revision), eventId, generationId },
    type: type as JournalEntry['type'],
    ...{ happenedAt: isoTime(happenedAt), knownAt: isoTime(knownAt) },
    postings: postingsOf(accounts, lots, tokens, minorUnits, currencies),
  };
  const [available, held, leaf] = columns.slice(13) as [string, string, string];
  return {
    ...{ position: BigInt(position), entry, leaf: Buffer.from(leaf.slice(2), 'hex') },
    ...{ available: BigInt(available), held: BigInt(held) },
  };
}

function postingsOf(
  accounts: string,
  lots: string,
  tokens: string,
  minorUnits: string,
  currencies: string,
): readonly Posting[] {
  const [lotIds, amounts] = [arrayElements(lots), arrayElements(tokens)];
  const [money, units] = [arrayElements(minorUnits), arrayElements(currencies)];
  return arrayElements(accounts).map((account, line) => {
    const currency = units[line] as string;
    return {
      account,
      lotId: lotIds[line] as string,
      tokens: BigInt(amounts[line] as string),
      money:
        currency === NO_CURRENCY ? null : { minorUnits: BigInt(money[line] as string), currency },
    };
  });
}

/** `2026-01-15 09:00:01.5+00` as `2026-01-15T09:00:01.500Z`; what is finer stays to be seen. */
function isoTime(text: string): string {
  const end = text.indexOf('+', 19);
  const fraction = text.slice(20, end).padEnd(3, '0');
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}
