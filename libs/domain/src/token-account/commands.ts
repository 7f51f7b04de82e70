import type { PriceQuote } from '../pricing/price-book.js';
import type { Allocation, Money, Tokens } from '../shared/tokens.js';
import type { BudgetCharge, BudgetLimits, BudgetSubject } from './budgets.js';
import type { PurchaseDiscount } from './events.js';

export interface OpenAccount {
  readonly type: 'OpenAccount';
  readonly tenantId: string;
}

export interface PurchaseTokens {
  readonly type: 'PurchaseTokens';
  readonly lotId: string;
  readonly tokens: Tokens;
  readonly paid: Money;
  readonly paymentId: string;
  /** Who took the payment. */
  readonly provider?: string;
  readonly discount?: PurchaseDiscount;
}

export interface GrantTokens {
  readonly type: 'GrantTokens';
  readonly lotId: string;
  readonly tokens: Tokens;
  readonly reason: string;
  readonly expiresAt: string | null;
  /** ISO 8601. */
  readonly now: string;
}

export interface HoldTokens {
  readonly type: 'HoldTokens';
  readonly generationId: string;
  readonly price: PriceQuote;
  /** ISO 8601: promotional lots past their time are not drawn. */
  readonly now: string;
  /** Whose budgets it counts against. */
  readonly spenders?: readonly BudgetSubject[];
}

export interface SettleHold {
  readonly type: 'SettleHold';
  readonly generationId: string;
  /** Tokens earned, 0 to the whole hold; the rest is released. */
  readonly capture: Tokens;
}

export interface ReleaseHold {
  readonly type: 'ReleaseHold';
  readonly generationId: string;
  readonly reason: string;
}

export interface RefundTokens {
  readonly type: 'RefundTokens';
  readonly refundId: string;
  readonly generationId: string;
  readonly tokens: Tokens;
  /** The `captured` of the generation's HoldSettled: settled holds are not kept in the state. */
  readonly captured: readonly Allocation[];
  /** The `budgets` of the generation's TokensHeld. */
  readonly budgets?: readonly BudgetCharge[];
  readonly reason: string;
}

export interface ExpireLots {
  readonly type: 'ExpireLots';
  /** ISO 8601. */
  readonly now: string;
}

export interface ChargeBack {
  readonly type: 'ChargeBack';
  readonly chargeBackId: string;
  readonly lotId: string;
  readonly tokens: Tokens;
  readonly reason: string;
}

export interface RefundPurchase {
  readonly type: 'RefundPurchase';
  readonly purchaseRefundId: string;
  readonly lotId: string;
  /** At most what is available in the lot. */
  readonly tokens: Tokens;
  readonly reason: string;
}

export interface FreezeAccount {
  readonly type: 'FreezeAccount';
  readonly reason: string;
}

export interface UnfreezeAccount {
  readonly type: 'UnfreezeAccount';
  readonly reason: string;
}

export interface SetBudget {
  readonly type: 'SetBudget';
  readonly subject: BudgetSubject;
  readonly limits: BudgetLimits;
  /** Of the budget that begins when the subject has none. */
  readonly newBudgetId: string;
}

/** Lets a key spend from the budget of another one, if that has any. */
export interface ShareBudget {
  readonly type: 'ShareBudget';
  readonly from: BudgetSubject;
  readonly subject: BudgetSubject;
}

export interface ClearBudget {
  readonly type: 'ClearBudget';
  readonly subject: BudgetSubject;
}

export type TokenAccountCommand =
  | OpenAccount
  | PurchaseTokens
  | GrantTokens
  | HoldTokens
  | SettleHold
  | ReleaseHold
  | RefundTokens
  | ExpireLots
  | ChargeBack
  | RefundPurchase
  | FreezeAccount
  | UnfreezeAccount
  | SetBudget
  | ShareBudget
  | ClearBudget;
