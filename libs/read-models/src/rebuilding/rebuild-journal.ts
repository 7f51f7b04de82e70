import { type EventStore, START_OF_STORE } from '@imprest/application';
import { Client } from 'pg';
import type { LedgerBalanceRow, LedgerEntryRow } from '../entities/index.js';
import { Books, ledgerFact } from '../ledger/books.js';
import { JOURNAL, JOURNAL_CATEGORIES } from '../ledger/journal-projector.js';
import { balances, entries, lots, tokenAccounts } from '../ledger/ledger-tables.js';
import { ShadowTables } from '../sql/shadow-tables.js';
import { type OnProgress, ProgressMeter } from './rebuild-progress.js';

export interface RebuildJournalOptions {
  readonly eventStore: Pick<EventStore, 'readAll' | 'head'>;
  readonly connectionString: string;
  readonly onProgress?: OnProgress;
}

export interface RebuiltJournal {
  readonly events: number;
  /** Checkpoint the new tables were put in place with. */
  readonly position: bigint;
  readonly seconds: number;
}

/** Another process rebuilds the journal of this database. */
export class RebuildUnderWay extends Error {
  override readonly name = 'RebuildUnderWay';
  constructor() {
    super('the journal is being rebuilt by another process');
  }
}

const LOCK = '7310425590211635';
const NEARLY_THERE = 1_000;
const MOST_ROUNDS = 20;
const SWAP_ATTEMPTS = 10;
const LOCK_TIMEOUT = '5s';

/** Reads events into the shadow tables; what only grows is written, what changes stays in memory. */
class JournalRebuild {
  private readonly books = new Books();
  private readonly shadow: ShadowTables;
  readonly meter: ProgressMeter;
  position = START_OF_STORE;

  constructor(
    private readonly client: Client,
    private readonly options: RebuildJournalOptions,
  ) {
    this.shadow = new ShadowTables(client, 'ledger_rebuild', [
      entries,
      lots,
      balances,
      tokenAccounts,
    ]);
    this.meter = new ProgressMeter(options.onProgress);
  }

  async run(): Promise<void> {
    await this.client.query("set maintenance_work_mem = '256MB'");
    await this.client.query('set synchronous_commit = off');
    await this.shadow.create();
    await this.readOn();
    await this.shadow.index();
    await this.catchUp();
    await this.shadow.copy(lots, pages(this.books.allLots()));
    await this.shadow.copy(tokenAccounts, pages([...this.books.accounts.values()]));
    await this.shadow.copy(balances, pages(balanceRows(this.books)));
    await this.switchOver();
    this.meter.tell();
  }

  /** Up to the head at the time of the call. Answers how many events that were. */
  private async readOn(): Promise<number> {
    const before = this.meter.events;
    const head = await this.options.eventStore.head();
    this.meter.head = head;
    await this.shadow.copy(entries, this.entriesUpTo(head));
    this.position = head;
    return this.meter.events - before;
  }

  /** A busy store moves on while indexes are made: each round leaves less for the live projector. */
  private async catchUp(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      if ((await this.readOn()) < NEARLY_THERE) return;
    }
  }

  private async *entriesUpTo(head: bigint): AsyncGenerator<readonly LedgerEntryRow[]> {
    if (head <= this.position) return;
    const range = { after: this.position, upTo: head, categories: JOURNAL_CATEGORIES };
    for await (const events of this.options.eventStore.readAll(range)) {
      yield events.flatMap((event) => this.books.enter(ledgerFact(event)) ?? []);
      this.meter.read(events.length, events.at(-1)?.position ?? this.meter.position);
    }
  }

  private async switchOver(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.trySwitch();
        return;
      } catch (error) {
        await this.client.query('rollback');
        const readersHoldIt = (error as { code?: string }).code === '55P03';
        if (!readersHoldIt || attempt === SWAP_ATTEMPTS) throw error;
      }
    }
  }

  /** The checkpoint's row is what the live projector waits for, so its batch is whole on either side. */
  private async trySwitch(): Promise<void> {
    const { client } = this;
    await client.query('begin');
    await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
    await client.query('set local synchronous_commit = on');
    const enter = `insert into read_models.checkpoints (consumer, position) values ($1, $2)
      on conflict (consumer) do update set position = excluded.position`;
    await client.query(enter, [JOURNAL, this.position]);
    await this.shadow.swap();
    await client.query('commit');
  }
}

async function* pages<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += NEARLY_THERE) yield rows.slice(at, at + NEARLY_THERE);
}

function balanceRows({ balances: byTenant }: Books): LedgerBalanceRow[] {
  return [...byTenant].flatMap(([tenantId, accounts]) =>
    [...accounts].map(([account, tokens]) => ({ tenantId, account, tokens })),
  );
}

/**
 * Makes the journal anew from the first event on, beside the live one, and puts it in its place with
 * its checkpoint in one transaction. Readers see the old books until then. A live projector may go on:
 * it is refused once after the switch, and follows from the new checkpoint.
 * Memory holds every lot and every open hold, and one account per tenant.
 * @throws RebuildUnderWay, StreamGap, UnbalancedEntry; the live journal is then as it was.
 */
export async function rebuildJournal(options: RebuildJournalOptions): Promise<RebuiltJournal> {
  const { connectionString } = options;
  const client = new Client({ connectionString, application_name: 'imprest journal rebuild' });
  await client.connect();
  try {
    const held = await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [
      LOCK,
    ]);
    if (held.rows[0]?.ours !== true) throw new RebuildUnderWay();
    const rebuild = new JournalRebuild(client, options);
    await rebuild.run();
    const { events, seconds } = rebuild.meter;
    return { events, position: rebuild.position, seconds };
  } finally {
    await client.end();
  }
}
