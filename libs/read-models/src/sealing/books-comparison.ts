import type { SqlTransaction } from '@imprest/application';
import { type StoredEvent, streamName } from '@imprest/event-catalogue';
import type { AccountChain, BookedEntry, Findings, LogObserver } from '@imprest/ledger-seal';
import type { LedgerBalanceRow, LedgerLotRow, LedgerTokenAccountRow } from '../entities/index.js';
import { post } from '../ledger/books.js';
import { journalRows } from '../ledger/journal-projector.js';
import { lotRow } from '../ledger/rows.js';
import { tablesOf } from '../projections/table-projector.js';

interface BooksOfAccount {
  account: LedgerTokenAccountRow | undefined;
  lots: LedgerLotRow[];
  balances: LedgerBalanceRow[];
  /** Made anew from entries, by currency and account. */
  readonly booked: Map<string, LedgerBalanceRow>;
}

/**
 * Accounts, lots and balances of the journal beside what the events give. Each account is compared at the
 * event its row stands at, so a journal that is behind the store is no difference.
 */
export class BooksComparison implements LogObserver {
  private readonly books = new Map<string, BooksOfAccount>();
  /** Accounts that need no more looking at. */
  private readonly done = new Set<string>();

  private constructor(private readonly findings: Findings) {}

  static async load(sql: SqlTransaction, findings: Findings): Promise<BooksComparison> {
    const comparison = new BooksComparison(findings);
    const tables = tablesOf(journalRows);
    for (const row of await tables.tokenAccounts.loadAll(sql)) {
      comparison.of(row.tenantId).account = row;
    }
    for (const row of await tables.lots.loadAll(sql)) comparison.of(row.tenantId).lots.push(row);
    for (const row of await tables.balances.loadAll(sql)) {
      comparison.of(row.tenantId).balances.push(row);
    }
    return comparison;
  }

  /** Of the last event that the journal says it has booked, -1 when it knows no such account. */
  revisionOf(tenantId: string): number {
    return this.books.get(tenantId)?.account?.revision ?? -1;
  }

  entry(event: StoredEvent, { anew, stored }: BookedEntry, chain: AccountChain): void {
    const { tenantId, revision } = chain;
    if (this.done.has(tenantId)) return;
    if (anew === undefined) {
      this.done.add(tenantId);
      return;
    }
    const books = this.of(tenantId);
    for (const posting of anew.entry.postings) post(books.booked, tenantId, posting);
    if (stored !== undefined && revision > (books.account?.revision ?? -1)) {
      this.close(tenantId, event, 'has an entry beyond where its row in the journal stands');
    } else if (revision === books.account?.revision) {
      this.close(tenantId, event, differenceOf(chain, books, books.account));
    }
  }

  finish(): void {
    for (const [tenantId, { account, lots, balances }] of this.books) {
      if (this.done.has(tenantId)) continue;
      const isNotBookedYet = account === undefined && lots.length + balances.length === 0;
      if (isNotBookedYet) continue;
      const where = streamName('tokenAccount', tenantId);
      const problem =
        account === undefined
          ? 'has lots or balances in the journal, but no account'
          : `stands at revision ${account.revision} in the journal, beyond its last event`;
      this.findings.add({ position: null, where, problem });
    }
  }

  private close(tenantId: string, { position, stream }: StoredEvent, problem?: string): void {
    this.done.add(tenantId);
    this.books.delete(tenantId);
    if (problem !== undefined) this.findings.add({ position, where: stream, problem });
  }

  private of(tenantId: string): BooksOfAccount {
    let books = this.books.get(tenantId);
    if (books === undefined) {
      books = { account: undefined, lots: [], balances: [], booked: new Map() };
      this.books.set(tenantId, books);
    }
    return books;
  }
}

function differenceOf(
  { book, revision, head, tenantId }: AccountChain,
  { lots, balances, booked }: BooksOfAccount,
  account: LedgerTokenAccountRow,
): string | undefined {
  const { available, held, frozen } = book;
  const expected = { tenantId, revision, available, held, frozen, head };
  return (
    rowDifference('the account', expected, account) ??
    rowsDifference(
      'lot',
      [...book.lots.values()].map((lot) => lotRow(tenantId, lot)),
      lots,
      ({ lotId }) => lotId,
    ) ??
    rowsDifference('balance', [...booked.values()], balances, ({ account, currency }) =>
      `${account} ${currency}`.trim(),
    )
  );
}

function rowsDifference<Row extends object>(
  what: string,
  expected: readonly Row[],
  found: readonly Row[],
  key: (row: Row) => string,
): string | undefined {
  const left = new Map(found.map((row) => [key(row), row]));
  for (const row of expected) {
    const name = key(row);
    const other = left.get(name);
    if (other === undefined) return `${what} ${name} is missing in the journal`;
    left.delete(name);
    const difference = rowDifference(`${what} ${name}`, row, other);
    if (difference !== undefined) return difference;
  }
  const [extra] = left.keys();
  return extra === undefined ? undefined : `${what} ${extra} is in the journal without any event`;
}

function rowDifference(what: string, expected: object, found: object): string | undefined {
  for (const [column, value] of Object.entries(expected)) {
    const other = (found as Record<string, unknown>)[column];
    if (words(value) !== words(other)) {
      return `${what}: ${column} is ${words(other)} in the journal, ${words(value)} by the events`;
    }
  }
  return undefined;
}

function words(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no time' : value.toISOString();
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return String(value);
}
