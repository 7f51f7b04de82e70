import type { DomainFact } from '../shared/decider.js';
import type { Money, Tokens } from '../shared/tokens.js';

/** What is sold and for how much, frozen at the time of the request. */
export interface TopUpTerms {
  /** Null for an amount that an operator set by hand. */
  readonly packageId: string | null;
  /** Version of the price list that the terms come from, null when they come from none. */
  readonly packagesVersion: string | null;
  readonly tokens: Tokens;
  /** Without the discount. */
  readonly listPrice: Money;
  readonly price: Money;
  /** Name of the volume discount, null without one. */
  readonly discountTier: string | null;
}

export type ReviewCause =
  | 'late'
  | 'partial'
  | 'over_paid'
  | 'amount_mismatch'
  | 'marked_by_hand'
  | 'manual_credit';

export type TopUpRequested = DomainFact<
  'TopUpRequested',
  {
    readonly tenantId: string;
    /** Who takes the payment, such as `manual`. */
    readonly provider: string;
    readonly terms: TopUpTerms;
    /** ISO 8601: the price holds until then. */
    readonly expiresAt: string;
    /** Where the payer goes afterwards, null when there is no checkout page to come from. */
    readonly returnUrl: string | null;
  }
>;

/** Where to pay. `url` is null when there is no page to go to. */
export type CheckoutOpened = DomainFact<
  'CheckoutOpened',
  {
    readonly checkoutId: string;
    readonly url: string | null;
    /** ISO 8601. */
    readonly expiresAt: string;
  }
>;

/** Money is on its way, nothing is certain yet. */
export type PaymentSeen = DomainFact<
  'PaymentSeen',
  { readonly paymentId: string; readonly received: Money }
>;

/** Exactly the price arrived in time, and the provider stands by it. */
export type PaymentConfirmed = DomainFact<
  'PaymentConfirmed',
  { readonly paymentId: string; readonly received: Money }
>;

/** Money arrived that nobody can credit by rule; again when more of it arrives. */
export type PutUnderReview = DomainFact<
  'PutUnderReview',
  { readonly cause: ReviewCause; readonly paymentId: string; readonly received: Money }
>;

/** One operator wants to credit more than one may credit alone. */
export type CreditProposed = DomainFact<
  'CreditProposed',
  { readonly operator: string; readonly tokens: Tokens; readonly reason: string }
>;

export type ReviewDecided = DomainFact<
  'ReviewDecided',
  {
    readonly decision: 'credit' | 'refuse';
    /** 0 when refused. */
    readonly tokens: Tokens;
    /** What was paid for these tokens, as the books will have it. */
    readonly paid: Money;
    /** Who decided; two of them when one had to approve what the other proposed. */
    readonly operators: readonly string[];
    readonly reason: string;
  }
>;

export type TokensCredited = DomainFact<
  'TokensCredited',
  { readonly lotId: string; readonly tokens: Tokens }
>;

/** Nothing was paid in time. Money that still comes is put under review. */
export type TopUpExpired = DomainFact<'TopUpExpired', { readonly reason: string }>;

/** The payment failed, or the provider gave it up. */
export type TopUpFailed = DomainFact<'TopUpFailed', { readonly reason: string }>;

/** An operator wants money sent back; the provider has not done so yet. */
export type RefundRequested = DomainFact<
  'RefundRequested',
  {
    readonly requestId: string;
    readonly amount: Money;
    readonly operator: string;
    readonly reason: string;
  }
>;

/** The provider will never do it. */
export type RefundFailed = DomainFact<
  'RefundFailed',
  { readonly requestId: string; readonly reason: string }
>;

/** Money went back to the payer. `requestId` is null when it was asked for at the provider itself. */
export type PaymentRefunded = DomainFact<
  'PaymentRefunded',
  {
    readonly refundId: string;
    readonly requestId: string | null;
    readonly amount: Money;
    /** To be taken out of the lot for it. */
    readonly tokens: Tokens;
  }
>;

/** The payer's bank took the money back, for the time being. */
export type PaymentDisputed = DomainFact<
  'PaymentDisputed',
  {
    readonly disputeId: string;
    readonly amount: Money;
    /** To be charged back for it. */
    readonly tokens: Tokens;
    readonly reason: string;
  }
>;

/** The money is back; so are the tokens that were charged back, as a lot of their own. */
export type DisputeWon = DomainFact<
  'DisputeWon',
  { readonly disputeId: string; readonly amount: Money; readonly tokens: Tokens }
>;

export type DisputeLost = DomainFact<'DisputeLost', { readonly disputeId: string }>;

export type TopUpEvent =
  | TopUpRequested
  | CheckoutOpened
  | PaymentSeen
  | PaymentConfirmed
  | PutUnderReview
  | CreditProposed
  | ReviewDecided
  | TokensCredited
  | TopUpExpired
  | TopUpFailed
  | RefundRequested
  | RefundFailed
  | PaymentRefunded
  | PaymentDisputed
  | DisputeWon
  | DisputeLost;
