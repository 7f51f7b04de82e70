import { type AccountClass, accountClass, type LotKind } from '@imprest/domain';
import type {
  LedgerBalanceRow,
  LedgerEntryRow,
  LedgerLotRow,
  LedgerTokenAccountRow,
} from '../entities/index.js';

export interface PostingView {
  readonly account: string;
  /** A debit is positive, a credit negative. */
  readonly tokens: string;
}

/** One line of a statement. Amounts that end in `available` or `held` read as the tenant sees them. */
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
  readonly lots: readonly {
    readonly lotId: string;
    readonly kind: LotKind;
    readonly tokens: string;
  }[];
  readonly postings: readonly PostingView[];
}

export interface TrialBalance {
  /** All classes of the chart, those without an account too. */
  readonly classes: readonly {
    readonly accountClass: AccountClass;
    readonly accounts: number;
    readonly tokens: string;
  }[];
  /** `0`, or the books are wrong. */
  readonly total: string;
  readonly tenants: number;
  readonly entries: number;
}

export interface AccountBalances {
  readonly available: string;
  readonly held: string;
  readonly purchased: string;
  readonly promotional: string;
  /** Why the account is frozen, null when it is not. */
  readonly frozen: string | null;
  /** Signed as the books have them; every hold is in one line. */
  readonly accounts: readonly PostingView[];
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
  /** Paid for the whole lot, null for a grant. */
  readonly paidMinorUnits: string | null;
  readonly currency: string | null;
  readonly expiresAt: string | null;
  /** Payment id of a purchase, reason of a grant. */
  readonly source: string;
  readonly receivedAt: string;
}

/** In minor units; `paid = recognised + chargedBack + deferred`. */
export interface RevenueOfCurrency {
  readonly currency: string;
  readonly paid: string;
  readonly recognised: string;
  readonly chargedBack: string;
  readonly deferred: string;
}

const LOT_ACCOUNT = /^(?:deferred-revenue:(purchased)|(promotional)):(.*)$/s;

function lotOf({ account, tokens }: { account: string; tokens: bigint }) {
  const match = LOT_ACCOUNT.exec(account);
  if (match === null) return [];
  const kind: LotKind = match[1] === 'purchased' ? 'purchased' : 'promotional';
  return [{ lotId: match[3] as string, kind, tokens: -tokens }];
}

export function entryView(row: LedgerEntryRow): LedgerEntryView {
  const postings = row.accounts.map((account, index) => ({
    account,
    tokens: row.tokens[index] as bigint,
  }));
  const lots = postings.flatMap(lotOf);
  const available = lots.reduce((sum, { tokens }) => sum + tokens, 0n);
  const held = postings.reduce(
    (sum, { account, tokens }) => (accountClass(account) === 'held' ? sum - tokens : sum),
    0n,
  );
  return {
    position: row.position.toString(),
    revision: row.revision,
    type: row.type,
    generationId: row.generationId,
    happenedAt: row.happenedAt.toISOString(),
    knownAt: row.knownAt.toISOString(),
    changeOfAvailable: available.toString(),
    changeOfHeld: held.toString(),
    available: row.available.toString(),
    held: row.held.toString(),
    lots: lots.map((lot) => ({ ...lot, tokens: lot.tokens.toString() })),
    postings: postings.map(({ account, tokens }) => ({ account, tokens: tokens.toString() })),
  };
}

export function accountBalances(
  { available, held, frozen }: LedgerTokenAccountRow,
  balances: readonly LedgerBalanceRow[],
): AccountBalances {
  const ofKind = (kind: LotKind) =>
    balances
      .flatMap(lotOf)
      .reduce((sum, lot) => (lot.kind === kind ? sum + lot.tokens : sum), 0n)
      .toString();
  const accounts = balances.map(({ account, tokens }) => ({ account, tokens: tokens.toString() }));
  if (held !== 0n) accounts.push({ account: 'held', tokens: (-held).toString() });
  return {
    available: available.toString(),
    held: held.toString(),
    purchased: ofKind('purchased'),
    promotional: ofKind('promotional'),
    frozen,
    accounts,
  };
}

export function lotView({ tenantId: _tenantId, ...row }: LedgerLotRow): LotView {
  return {
    ...row,
    tokens: row.tokens.toString(),
    available: row.available.toString(),
    held: row.held.toString(),
    captured: row.captured.toString(),
    refunded: row.refunded.toString(),
    expired: row.expired.toString(),
    chargedBack: row.chargedBack.toString(),
    paidMinorUnits: row.paidMinorUnits?.toString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
  };
}
