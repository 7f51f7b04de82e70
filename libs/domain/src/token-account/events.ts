import type { PriceQuote } from '../pricing/price-book.js';
import type { DomainFact } from '../shared/decider.js';
import type { Allocation, Money, Tokens } from '../shared/tokens.js';
import type { BudgetCharge, BudgetLimits, BudgetSubject } from './budgets.js';

export type AccountOpened = DomainFact<'AccountOpened', { readonly tenantId: string }>;

/** Why a lot was cheaper than its tokens one by one. */
export interface PurchaseDiscount {
  /** Name of the tier in the price list of that day. */
  readonly tier: string;
  /** What the lot would have cost without it, in minor units of the currency paid in. */
  readonly listMinorUnits: bigint;
}

export type TokensPurchased = DomainFact<
  'TokensPurchased',
  {
    readonly lotId: string;
    readonly tokens: Tokens;
    /** What was paid for the whole lot: revenue is recognised by it. */
    readonly paid: Money;
    /** Of the payment in the books of whoever took it. */
    readonly paymentId: string;
    /** Who took the payment, such as `manual`; null when nobody said. */
    readonly provider: string | null;
    readonly discount: PurchaseDiscount | null;
  }
>;

export type TokensGranted = DomainFact<
  'TokensGranted',
  {
    readonly lotId: string;
    readonly tokens: Tokens;
    readonly reason: string;
    /** ISO 8601, null when the grant never expires. */
    readonly expiresAt: string | null;
  }
>;

/** The debit the API speaks of. It is settled or released exactly once. */
export type TokensHeld = DomainFact<
  'TokensHeld',
  {
    readonly generationId: string;
    readonly tokens: Tokens;
    readonly allocations: readonly Allocation[];
    readonly price: PriceQuote;
    /** Budgets that the hold counts against; absent where there is none. */
    readonly budgets?: readonly BudgetCharge[];
  }
>;

/** Part or all of a hold was earned; the rest went back to the very lots it came from. */
export type HoldSettled = DomainFact<
  'HoldSettled',
  {
    readonly generationId: string;
    readonly captured: readonly Allocation[];
    readonly released: readonly Allocation[];
  }
>;

export type HoldReleased = DomainFact<
  'HoldReleased',
  {
    readonly generationId: string;
    readonly released: readonly Allocation[];
    readonly reason: string;
  }
>;

/** Tokens that were captured once and given back later. */
export type TokensRefunded = DomainFact<
  'TokensRefunded',
  {
    readonly refundId: string;
    readonly generationId: string;
    readonly allocations: readonly Allocation[];
    readonly reason: string;
    /** Budgets that get the tokens back; absent where there is none. */
    readonly budgets?: readonly BudgetCharge[];
  }
>;

export type LotExpired = DomainFact<
  'LotExpired',
  { readonly lotId: string; readonly tokens: Tokens }
>;

export type ChargedBack = DomainFact<
  'ChargedBack',
  {
    readonly chargeBackId: string;
    readonly lotId: string;
    readonly tokens: Tokens;
    readonly reason: string;
  }
>;

/** The payer got money back for tokens that nobody had used: they leave the lot. */
export type PurchaseRefunded = DomainFact<
  'PurchaseRefunded',
  {
    readonly purchaseRefundId: string;
    readonly lotId: string;
    readonly tokens: Tokens;
    readonly reason: string;
  }
>;

export type AccountFrozen = DomainFact<'AccountFrozen', { readonly reason: string }>;
export type AccountUnfrozen = DomainFact<'AccountUnfrozen', { readonly reason: string }>;

/** Begins a budget, or gives one that is there other limits: what was spent stays. */
export type BudgetSet = DomainFact<
  'BudgetSet',
  { readonly budgetId: string; readonly subject: BudgetSubject; readonly limits: BudgetLimits }
>;

/** From now on both spend from one budget. */
export type BudgetShared = DomainFact<
  'BudgetShared',
  { readonly budgetId: string; readonly subject: BudgetSubject }
>;

export type BudgetCleared = DomainFact<'BudgetCleared', { readonly subject: BudgetSubject }>;

export type TokenAccountEvent =
  | AccountOpened
  | TokensPurchased
  | TokensGranted
  | TokensHeld
  | HoldSettled
  | HoldReleased
  | TokensRefunded
  | LotExpired
  | ChargedBack
  | PurchaseRefunded
  | AccountFrozen
  | AccountUnfrozen
  | BudgetSet
  | BudgetShared
  | BudgetCleared;
