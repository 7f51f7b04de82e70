import { setImmediate as immediate } from 'node:timers/promises';
import type { EventStore, SqlTransaction } from '@imprest/application';
import { AccountBook, type LotMovement, lotMovements, tokenAccount } from '@imprest/domain';
import { accountFact, type RecordedEvent } from '@imprest/event-catalogue';
import type { DataSource } from 'typeorm';
import type { LedgerEntryRow, LedgerLotRow, LedgerTokenAccountRow } from '../../entities/index.js';
import { journalProjector, journalRows } from '../../ledger/journal-projector.js';
import { entryRow, openLot } from '../../ledger/rows.js';
import { tablesOf } from '../../projections/table-projector.js';
import { type CheckResult, MOST_VIOLATIONS, type Violation } from './invariant-report.js';

export interface RecentEntriesOptions {
  readonly eventStore: Pick<EventStore, 'readAll'>;
  /** Position up to which entries were looked at before; those after it are new. */
  readonly checkedUpTo?: bigint;
}

export interface RecentEntriesResult extends CheckResult {
  /** To be given to the next look. */
  readonly checkedUpTo: bigint;
}

/** Looked at again and again: whoever changes an entry does it to a recent one more often than not. */
const LEAST = 200;
/** More than come in between two looks; what is left out is found by the audit at night. */
const MOST = 2_000;
/** Booked at once, before other work gets its turn. */
const AT_ONCE = 200;

/** The end of the journal, with the accounts and lots it led to: all of one moment. */
interface Tail {
  /** The last entry before it; 0 when it is the whole journal. */
  readonly after: bigint;
  /** Everything up to here is booked. */
  readonly bookedUpTo: bigint;
  readonly last: bigint;
  readonly entries: readonly LedgerEntryRow[];
  readonly accounts: readonly LedgerTokenAccountRow[];
  readonly lots: readonly LedgerLotRow[];
}

const { entries, lots, tokenAccounts } = tablesOf(journalRows);
const FIRST = `select position from ${entries.name} order by position desc offset $1 limit 1`;
const POSITION = `select case when parked > 0 then 0 else position end as position
  from read_models.checkpoints where consumer = $1`;

/** Position before the last `count` entries; 0 when there are not more. */
async function positionBack(sql: SqlTransaction, count: number): Promise<bigint> {
  const [row] = await sql.query<{ position: string }>(FIRST, [count]);
  return BigInt(row?.position ?? 0);
}

async function readTail(sql: SqlTransaction, checkedUpTo: bigint | undefined): Promise<Tail> {
  const [least, most] = [await positionBack(sql, LEAST), await positionBack(sql, MOST)];
  const [checkpoint] = await sql.query<{ position: string }>(POSITION, [journalProjector.name]);
  const bookedUpTo = BigInt(checkpoint?.position ?? 0);
  const wanted = checkedUpTo !== undefined && checkedUpTo < least ? checkedUpTo : least;
  const after = wanted < most ? most : wanted;
  const rows = await entries.loadWhere(sql, 'position > $1', [after]);
  const tenantIds = [...new Set(rows.map(({ tenantId }) => tenantId))];
  const last = rows.reduce((max, { position }) => (position > max ? position : max), bookedUpTo);
  return {
    ...{ after, bookedUpTo, last },
    entries: rows,
    accounts: await tokenAccounts.loadWhere(sql, 'tenant_id = any($1)', [tenantIds]),
    lots: await lots.loadWhere(sql, 'tenant_id = any($1)', [tenantIds]),
  };
}

/** One account's books, taken back to where they stood before the tail. */
class TailOfAccount {
  readonly events: RecordedEvent[] = [];
  readonly lots: LedgerLotRow[] = [];

  constructor(readonly account: LedgerTokenAccountRow) {}

  bookBefore(): AccountBook {
    const { tenantId, available, held, frozen } = this.account;
    const book = Object.assign(new AccountBook(tenantId), { available, held, frozen });
    for (const lot of this.lots) book.lots.set(lot.lotId, openLot(lot));
    for (const { event } of this.events.map(accountFact)) {
      for (const movement of lotMovements(event)) takeBack(book, movement);
    }
    return book;
  }
}

function takeBack(book: AccountBook, movement: LotMovement): void {
  book.available -= movement.available;
  book.held -= movement.held;
  const lot = book.lots.get(movement.lotId);
  if (lot === undefined) return;
  lot.available -= movement.available;
  lot.held -= movement.held;
  lot.captured -= movement.captured;
  lot.refunded -= movement.refunded;
  lot.expired -= movement.expired;
  lot.chargedBack -= movement.chargedBack;
  lot.repaid -= movement.repaid;
}

class Comparison {
  count = 0;
  private compared = 0;
  readonly violations: Violation[] = [];
  private readonly rows: Map<bigint, LedgerEntryRow>;

  constructor(private readonly tail: Tail) {
    this.rows = new Map(tail.entries.map((row) => [row.position, row]));
  }

  async run(eventStore: Pick<EventStore, 'readAll'>): Promise<void> {
    const accounts = this.accounts();
    const { after, last: upTo } = this.tail;
    const range = { after, upTo, categories: [tokenAccount.category], pageSize: AT_ONCE };
    for await (const page of eventStore.readAll(range)) {
      for (const event of page) this.sort(event, accounts);
    }
    for (const account of accounts.values()) await this.compare(account);
    for (const { tenantId, position } of this.rows.values()) {
      this.found(tenantId, position, 'the entry has no event');
    }
  }

  private accounts(): Map<string, TailOfAccount> {
    const accounts = new Map(
      this.tail.accounts.map((account) => [account.tenantId, new TailOfAccount(account)]),
    );
    for (const lot of this.tail.lots) accounts.get(lot.tenantId)?.lots.push(lot);
    return accounts;
  }

  private sort(event: RecordedEvent, accounts: ReadonlyMap<string, TailOfAccount>): void {
    const { tenantId } = accountFact(event);
    const account = accounts.get(tenantId);
    const isBooked = event.position <= this.tail.bookedUpTo;
    if (account !== undefined && event.revision <= account.account.revision) {
      account.events.push(event);
    } else if (isBooked) {
      this.found(tenantId, event.position, `${event.type} is not booked`);
    }
  }

  private async compare(account: TailOfAccount): Promise<void> {
    const { tenantId } = account.account;
    const book = account.bookBefore();
    for (const event of account.events) {
      this.compared += 1;
      if (this.compared % AT_ONCE === 0) await immediate();
      const row = this.rows.get(event.position);
      this.rows.delete(event.position);
      const problem = this.problem(event, book, row);
      if (problem !== undefined) this.found(tenantId, event.position, problem);
    }
  }

  private problem(
    event: RecordedEvent,
    book: AccountBook,
    row: LedgerEntryRow | undefined,
  ): string | undefined {
    try {
      const entry = book.enter(accountFact(event));
      if (row === undefined) return `${event.type} has no entry`;
      return difference(entryRow(event, entry, book, row.leaf), row);
    } catch (error) {
      return `${event.type} cannot be booked: ${error instanceof Error ? error.message : error}`;
    }
  }

  private found(tenantId: string, position: bigint, message: string): void {
    this.count += 1;
    if (this.violations.length >= MOST_VIOLATIONS) return;
    const subjects = [
      { kind: 'tenant', id: tenantId },
      { kind: 'position', id: position.toString() },
    ];
    this.violations.push({ invariant: 'entriesAgainstEvents', subjects, message });
  }
}

function difference(expected: LedgerEntryRow, row: LedgerEntryRow): string | undefined {
  for (const [column, value] of Object.entries(expected)) {
    const found = (row as unknown as Record<string, unknown>)[column];
    if (words(value) !== words(found)) {
      return `${column} is ${words(found)} in the entry, and ${words(value)} by the event`;
    }
  }
  return undefined;
}

function words(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

/**
 * The last entries beside what their events give, in tokens and in money: each account is taken back to
 * where it stood before them by what the events moved, and booked again from there.
 */
export async function recentEntriesAgainstEvents(
  dataSource: DataSource,
  { eventStore, checkedUpTo }: RecentEntriesOptions,
): Promise<RecentEntriesResult> {
  const tail = await dataSource.transaction('REPEATABLE READ', (manager) =>
    readTail(
      {
        query: <Row>(sql: string, parameters?: readonly unknown[]) =>
          manager.query<Row[]>(sql, [...(parameters ?? [])]),
      },
      checkedUpTo,
    ),
  );
  const comparison = new Comparison(tail);
  await comparison.run(eventStore);
  const { count, violations } = comparison;
  return { counts: { entriesAgainstEvents: count }, violations, checkedUpTo: tail.last };
}
