import type { Money, Tokens } from '../shared/tokens.js';
import type { TopUpTerms } from './events.js';
import type { PaymentObservation } from './payment-observation.js';

export interface Operator {
  readonly name: string;
  /** False for a key that several people may share: it counts as nobody where two are needed. */
  readonly personal: boolean;
}

export interface RequestTopUp {
  readonly type: 'RequestTopUp';
  readonly tenantId: string;
  readonly provider: string;
  readonly terms: TopUpTerms;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly returnUrl: string | null;
}

/** What the provider says now. */
export interface ObservePayment {
  readonly type: 'ObservePayment';
  readonly observation: PaymentObservation;
}

/** An operator says that money arrived by a way that no program can see. */
export interface RecordManualPayment {
  readonly type: 'RecordManualPayment';
  readonly paymentId: string;
  readonly received: Money;
  readonly operator: Operator;
  /** What to credit for it. */
  readonly tokens: Tokens;
  readonly reason: string;
  /** Tokens that one operator may credit without a provider's word for the money. */
  readonly limit: Tokens;
}

export interface DecideReview {
  readonly type: 'DecideReview';
  readonly decision: 'credit' | 'refuse';
  readonly operator: Operator;
  readonly reason: string;
  /** Null: what a proposal says, or else what the money that came buys, at most what was ordered. */
  readonly tokens: Tokens | null;
  /** Tokens that one operator may credit without a provider's word for the money. */
  readonly limit: Tokens;
}

/** The tokens are on the account. */
export interface RecordCredit {
  readonly type: 'RecordCredit';
  readonly lotId: string;
}

export interface ExpireTopUp {
  readonly type: 'ExpireTopUp';
  /** ISO 8601. */
  readonly now: string;
}

/** The provider refuses to open a checkout. */
export interface FailTopUp {
  readonly type: 'FailTopUp';
  readonly reason: string;
}

export interface RequestRefund {
  readonly type: 'RequestRefund';
  /** Names the refund: the same one twice is one refund. */
  readonly requestId: string;
  /** Minor units of the currency paid in; null for all that is left. */
  readonly minorUnits: bigint | null;
  readonly operator: string;
  readonly reason: string;
}

/** What became of a refund that was asked for. */
export interface RecordRefund {
  readonly type: 'RecordRefund';
  readonly requestId: string;
  readonly result:
    | { readonly done: true /** As the provider calls it. */; readonly refundId: string }
    | { readonly done: false; readonly reason: string };
}

export type TopUpCommand =
  | RequestTopUp
  | ObservePayment
  | RecordManualPayment
  | DecideReview
  | RecordCredit
  | ExpireTopUp
  | FailTopUp
  | RequestRefund
  | RecordRefund;
