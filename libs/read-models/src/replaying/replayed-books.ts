import { AccountBook } from '@imprest/domain';
import { type StoredEvent, storedAccountFact } from '@imprest/event-catalogue';
import type { LedgerBalanceRow, LedgerLotRow, LedgerTokenAccountRow } from '../entities/index.js';
import { post } from '../ledger/books.js';
import { lotRow, openLot } from '../ledger/rows.js';
import { isNext } from '../projections/stream-order.js';

/** Where an account stands: the journal keeps its chain beside it, which a replay does not need. */
export type ReplayedAccount = Omit<LedgerTokenAccountRow, 'head'>;

interface Account {
  revision: number;
  readonly book: AccountBook;
  /** By currency and account. */
  readonly balances: Map<string, LedgerBalanceRow>;
}

/** Everything that books say of themselves, as plain JSON. */
export interface SavedBooks {
  readonly accounts: readonly Record<string, unknown>[];
  readonly lots: readonly Record<string, unknown>[];
  readonly balances: readonly Record<string, unknown>[];
}

/** Accounts, lots and balances from events alone. Memory holds them and no entry. */
export class ReplayedBooks {
  private readonly accounts = new Map<string, Account>();

  get size(): number {
    return this.accounts.size;
  }

  /** @throws StreamGap, UnbalancedEntry, or Error for a lot that never came in */
  enter(event: StoredEvent): void {
    const fact = storedAccountFact(event);
    const account = this.account(fact.tenantId);
    if (!isNext(event, account.revision)) return;
    account.revision = fact.revision;
    const { postings } = account.book.enter(fact);
    for (const posting of postings) post(account.balances, fact.tenantId, posting);
  }

  accountRows(): ReplayedAccount[] {
    return [...this.accounts.values()].map(({ revision, book }) => {
      const { tenantId, available, held, frozen } = book;
      return { tenantId, revision, available, held, frozen };
    });
  }

  lotRows(): LedgerLotRow[] {
    return [...this.accounts.values()].flatMap(({ book }) =>
      [...book.lots.values()].map((lot) => lotRow(book.tenantId, lot)),
    );
  }

  balanceRows(): LedgerBalanceRow[] {
    return [...this.accounts.values()].flatMap(({ balances }) => [...balances.values()]);
  }

  save(): SavedBooks {
    const plain = (row: object) => JSON.parse(JSON.stringify(row, marked));
    return {
      accounts: this.accountRows().map(plain),
      lots: this.lotRows().map(plain),
      balances: this.balanceRows().map(plain),
    };
  }

  static restore({ accounts, lots, balances }: SavedBooks): ReplayedBooks {
    const books = new ReplayedBooks();
    for (const row of accounts) {
      const { tenantId, revision, ...rest } = unmarked<ReplayedAccount>(row);
      const account = books.account(tenantId);
      account.revision = revision;
      Object.assign(account.book, rest);
    }
    for (const row of lots) {
      const lot = unmarked<LedgerLotRow>(row);
      books.account(lot.tenantId).book.lots.set(lot.lotId, openLot(lot));
    }
    for (const row of balances) {
      const balance = unmarked<LedgerBalanceRow>(row);
      const key = `${balance.currency} ${balance.account}`;
      books.account(balance.tenantId).balances.set(key, balance);
    }
    return books;
  }

  private account(tenantId: string): Account {
    let account = this.accounts.get(tenantId);
    if (account === undefined) {
      account = { revision: -1, book: new AccountBook(tenantId), balances: new Map() };
      this.accounts.set(tenantId, account);
    }
    return account;
  }
}

/** `JSON.stringify` has made text of dates by the time it asks, so the row itself is looked at. */
function marked(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { whole: value.toString() };
  return this[key] instanceof Date ? { time: value } : value;
}

function unmarked<Row>(row: Record<string, unknown>): Row {
  const values = Object.entries(row).map(([column, value]) => {
    const mark = value as { whole?: string; time?: string } | null;
    if (mark?.whole !== undefined) return [column, BigInt(mark.whole)];
    return [column, mark?.time === undefined ? value : new Date(mark.time)];
  });
  return Object.fromEntries(values) as Row;
}
