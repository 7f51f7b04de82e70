import { accountClass, type LotKind, recognised, tokenAccount } from '@imprest/domain';
import { streamName } from '@imprest/event-catalogue';
import type {
  LedgerBalanceRow,
  LedgerEntryRow,
  LedgerLotRow,
  LedgerTokenAccountRow,
} from '../entities/index.js';
import { journalEntryOf, openLot } from '../ledger/rows.js';

/** Amounts of views are decimal strings, times ISO 8601. */
export interface MoneyView {
  /** ISO 4217. */
  readonly currency: string;
  readonly minorUnits: string;
}

export interface PostingView {
  readonly account: string;
  /** Lot whose tokens moved. */
  readonly lotId: string;
  /** A debit is positive, a credit negative. */
  readonly tokens: string;
  /** What they are worth, null when nobody paid for them. */
  readonly money: MoneyView | null;
}

/** What one lot has to do with an entry. */
export interface LotShare {
  readonly lotId: string;
  readonly kind: LotKind;
  readonly tokens: string;
  readonly money: MoneyView | null;
}

export interface LedgerEntryView {
  readonly position: string;
  readonly revision: number;
  readonly type: string;
  readonly generationId: string | null;
  readonly happenedAt: string;
  readonly knownAt: string;
  /** Change of what can be spent: a hold is negative, a release or a purchase positive. */
  readonly changeOfAvailable: string;
  readonly changeOfHeld: string;
  /** After this entry. */
  readonly available: string;
  readonly held: string;
  /** What each lot gave (negative) or got (positive). */
  readonly lots: readonly LotShare[];
  /** What each lot paid for good (positive) or got back after it had paid (negative). */
  readonly charged: readonly LotShare[];
  readonly postings: readonly PostingView[];
}

export interface AccountBalances {
  readonly available: string;
  readonly held: string;
  readonly purchased: string;
  readonly promotional: string;
  /** Why the account is frozen, null when it is not. */
  readonly frozen: string | null;
  /** Signed as the books have them; every hold is in one line for each currency. */
  readonly accounts: readonly {
    readonly account: string;
    readonly tokens: string;
    readonly money: MoneyView | null;
  }[];
}

export interface LotView {
  readonly lotId: string;
  readonly kind: LotKind;
  readonly tokens: string;
  readonly available: string;
  readonly held: string;
  readonly captured: string;
  readonly refunded: string;
  readonly expired: string;
  readonly chargedBack: string;
  readonly repaid: string;
  /** Paid for the whole lot, null for a grant. */
  readonly paidMinorUnits: string | null;
  /** How much of it is revenue, null for a grant. */
  readonly recognisedMinorUnits: string | null;
  readonly currency: string | null;
  readonly discountTier: string | null;
  /** What it would have cost without the discount. */
  readonly listMinorUnits: string | null;
  readonly expiresAt: string | null;
  /** Payment id of a purchase, reason of a grant. */
  readonly source: string;
  /** Who took the payment. */
  readonly provider: string | null;
  readonly receivedAt: string;
}

/** In minor units; `paid = recognised + takenBack + deferred`. */
export interface RevenueOfCurrency {
  readonly currency: string;
  readonly paid: string;
  readonly recognised: string;
  /** Charged back or repaid. */
  readonly takenBack: string;
  readonly deferred: string;
}

export function moneyView(
  currency: string | null,
  minorUnits: bigint | string,
): MoneyView | undefined {
  if (currency === null || currency === '') return undefined;
  return { currency, minorUnits: minorUnits.toString() };
}

interface Line {
  readonly account: string;
  readonly lotId: string;
  readonly tokens: bigint;
  readonly currency: string;
  readonly minorUnits: bigint;
}

const LOT_CLASSES = new Set(['deferred-revenue', 'promotional']);
const EARNINGS = new Set(['revenue', 'refunds', 'promotional-used']);

function shares(lines: readonly Line[], classes: ReadonlySet<string>): readonly LotShare[] {
  return lines
    .filter(({ account, tokens }) => tokens !== 0n && classes.has(accountClass(account)))
    .map(({ lotId, tokens, currency, minorUnits }) => ({
      lotId,
      kind: currency === '' ? 'promotional' : 'purchased',
      tokens: (-tokens).toString(),
      money: moneyView(currency, -minorUnits) ?? null,
    }));
}

function linesOf({ accounts, lots, tokens, minorUnits, currencies }: LedgerEntryRow): Line[] {
  return accounts.map((account, line) => ({
    account,
    lotId: lots[line] as string,
    tokens: tokens[line] as bigint,
    currency: currencies[line] as string,
    minorUnits: minorUnits[line] as bigint,
  }));
}

export function postingView({ account, lotId, tokens, currency, minorUnits }: Line): PostingView {
  const money = moneyView(currency, minorUnits) ?? null;
  return { account, lotId, tokens: tokens.toString(), money };
}

const sumOf = (lines: readonly Line[], filter: (name: string) => boolean) =>
  lines.reduce(
    (sum, { account, tokens }) => (filter(accountClass(account)) ? sum - tokens : sum),
    0n,
  );

export function entryView(row: LedgerEntryRow): LedgerEntryView {
  const lines = linesOf(row);
  return {
    position: row.position.toString(),
    revision: row.revision,
    type: row.type,
    generationId: row.generationId,
    happenedAt: row.happenedAt.toISOString(),
    knownAt: row.knownAt.toISOString(),
    changeOfAvailable: sumOf(lines, (name) => LOT_CLASSES.has(name)).toString(),
    changeOfHeld: sumOf(lines, (name) => name === 'held').toString(),
    available: row.available.toString(),
    held: row.held.toString(),
    lots: shares(lines, LOT_CLASSES),
    charged: shares(lines, EARNINGS),
    postings: lines.map(postingView),
  };
}

/** An entry as an auditor reads it: whose it is, and which event it is made of. */
export interface JournalEntryView {
  readonly tenantId: string;
  readonly position: string;
  readonly revision: number;
  readonly eventId: string;
  /** The stream of the event, which has the revision there. */
  readonly stream: string;
  readonly type: string;
  readonly generationId: string | null;
  readonly happenedAt: string;
  readonly knownAt: string;
  readonly postings: readonly PostingView[];
}

export function journalEntryView(row: LedgerEntryRow): JournalEntryView {
  return {
    ...journalEntryOf(row),
    stream: streamName(tokenAccount.category, row.tenantId),
    position: row.position.toString(),
    postings: linesOf(row).map(postingView),
  };
}

export function accountBalances(
  { available, held, frozen }: LedgerTokenAccountRow,
  balances: readonly LedgerBalanceRow[],
): AccountBalances {
  const owed = (name: string) =>
    balances
      .reduce(
        (sum, { account, tokens }) => (accountClass(account) === name ? sum - tokens : sum),
        0n,
      )
      .toString();
  return {
    available: available.toString(),
    held: held.toString(),
    purchased: owed('deferred-revenue'),
    promotional: owed('promotional'),
    frozen,
    accounts: balances.map(({ account, currency, tokens, minorUnits }) => ({
      account,
      tokens: tokens.toString(),
      money: moneyView(currency, minorUnits) ?? null,
    })),
  };
}

export function lotView(lot: LedgerLotRow): LotView {
  const { tenantId: _, ...row } = lot;
  return {
    ...row,
    tokens: row.tokens.toString(),
    available: row.available.toString(),
    held: row.held.toString(),
    captured: row.captured.toString(),
    refunded: row.refunded.toString(),
    expired: row.expired.toString(),
    chargedBack: row.chargedBack.toString(),
    repaid: row.repaid.toString(),
    paidMinorUnits: row.paidMinorUnits?.toString() ?? null,
    recognisedMinorUnits: row.paidMinorUnits === null ? null : recognised(openLot(lot)).toString(),
    listMinorUnits: row.listMinorUnits?.toString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
  };
}
