import {
  AccountBook,
  type AccountFact,
  accountClass,
  lotMovements,
  type Posting,
} from '@imprest/domain';
import { type StoredEvent, storedAccountFact } from '@imprest/event-catalogue';
import { CHAIN_START, entryLeaf } from '@imprest/ledger-seal';
import type {
  LedgerBalanceRow,
  LedgerEntryRow,
  LedgerLotRow,
  LedgerTokenAccountRow,
} from '../entities/index.js';
import { isNext } from '../projections/stream-order.js';
import { entryRow, lotRow, NO_CURRENCY, openLot } from './rows.js';

/** An event of a token account, and what the books are told of it. */
export interface LedgerFact {
  readonly event: StoredEvent;
  readonly fact: AccountFact;
}

/** @param fact of the same event, where it was made already */
export function ledgerFact(event: StoredEvent, fact = storedAccountFact(event)): LedgerFact {
  return { event, fact };
}

export interface NamedLot {
  readonly tenantId: string;
  readonly lotId: string;
}

/** Lots that facts go on from, each once; those that come in with one of them too. */
export function lotsNamed(facts: readonly LedgerFact[]): readonly NamedLot[] {
  const named = new Map<string, NamedLot>();
  for (const { fact } of facts) {
    const { tenantId } = fact;
    for (const { lotId } of lotMovements(fact.event)) {
      named.set(`${tenantId}\n${lotId}`, { tenantId, lotId });
    }
  }
  return [...named.values()];
}

interface Account {
  revision: number;
  /** Leaf of the last entry. */
  head: Buffer;
  readonly book: AccountBook;
  /** By currency and account; a hold that was closed has none. */
  readonly balances: Map<string, LedgerBalanceRow>;
}

/**
 * The books of many tenants while facts are entered. Accounts and lots are absolute, so what the facts
 * go on from has to be put in first; balances go on from those put in, from zero where none was.
 */
export class Books {
  private readonly accounts = new Map<string, Account>();

  addAccount({ tenantId, revision, available, held, frozen, head }: LedgerTokenAccountRow): void {
    const account = this.account(tenantId);
    account.revision = revision;
    account.head = head;
    Object.assign(account.book, { available, held, frozen });
  }

  addLot(lot: LedgerLotRow): void {
    this.account(lot.tenantId).book.lots.set(lot.lotId, openLot(lot));
  }

  addBalance(balance: LedgerBalanceRow): void {
    const { tenantId, account, currency } = balance;
    this.account(tenantId).balances.set(balanceKey(account, currency), { ...balance });
  }

  /** Rows that `lotRows`, `accountRows` and `balanceRows` would make. */
  get size(): number {
    let rows = 0;
    for (const { book, balances } of this.accounts.values()) {
      rows += 1 + book.lots.size + balances.size;
    }
    return rows;
  }

  /**
   * The journal entry of a fact; undefined for one that was entered before.
   * @throws StreamGap, UnbalancedEntry, or Error for a lot that never came in.
   */
  enter({ event, fact }: LedgerFact): LedgerEntryRow | undefined {
    const account = this.account(fact.tenantId);
    if (!isNext(event, account.revision)) return undefined;
    account.revision = fact.revision;
    const entry = account.book.enter(fact);
    for (const posting of entry.postings) post(account.balances, fact.tenantId, posting);
    account.head = entryLeaf(account.head, event, entry);
    return entryRow(event, entry, account.book, account.head);
  }

  lotRows(): LedgerLotRow[] {
    return [...this.accounts.values()].flatMap(({ book }) =>
      [...book.lots.values()].map((lot) => lotRow(book.tenantId, lot)),
    );
  }

  accountRows(): LedgerTokenAccountRow[] {
    return [...this.accounts.values()].map(({ revision, head, book }) => {
      const { tenantId, available, held, frozen } = book;
      return { tenantId, revision, available, held, frozen, head };
    });
  }

  balanceRows(): LedgerBalanceRow[] {
    return [...this.accounts.values()].flatMap(({ balances }) => [...balances.values()]);
  }

  private account(tenantId: string): Account {
    let account = this.accounts.get(tenantId);
    if (account === undefined) {
      const book = new AccountBook(tenantId);
      account = { revision: -1, head: CHAIN_START, book, balances: new Map() };
      this.accounts.set(tenantId, account);
    }
    return account;
  }
}

const balanceKey = (account: string, currency: string) => `${currency} ${account}`;

/** Adds a posting to balances by currency and account; a hold that is closed by it leaves none. */
export function post(
  balances: Map<string, LedgerBalanceRow>,
  tenantId: string,
  { account, tokens, money }: Posting,
): void {
  const currency = money?.currency ?? NO_CURRENCY;
  const key = balanceKey(account, currency);
  const balance = balances.get(key);
  if (balance === undefined) {
    const minorUnits = money?.minorUnits ?? 0n;
    balances.set(key, { tenantId, account, currency, tokens, minorUnits });
    return;
  }
  balance.tokens += tokens;
  balance.minorUnits += money?.minorUnits ?? 0n;
  const isClosed = balance.tokens === 0n && balance.minorUnits === 0n;
  if (isClosed && accountClass(account) === 'held') balances.delete(key);
}
