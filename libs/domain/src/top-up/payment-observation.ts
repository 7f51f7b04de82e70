import type { Money } from '../shared/tokens.js';

/** What is unusual about money that a provider says it has. */
export type PaymentIrregularity = 'late' | 'partial' | 'over_paid' | 'marked_by_hand';

export interface ObservedRefund {
  readonly refundId: string;
  /** Of the `RefundRequested` that led to it; null when it was asked for at the provider itself. */
  readonly requestId: string | null;
  readonly amount: Money;
}

export interface ObservedDispute {
  readonly disputeId: string;
  readonly amount: Money;
  readonly status: 'open' | 'won' | 'lost';
  readonly reason: string;
}

/**
 * All that a provider says about one checkout at one moment, in no provider's words. Whoever looks later
 * sees what the earlier one saw and maybe more: so observations may come twice, late and in any order.
 */
export interface PaymentObservation {
  readonly checkoutId: string;
  readonly url: string | null;
  /** ISO 8601. */
  readonly expiresAt: string;
  /**
   * `open`: nothing came yet. `seen`: money came, nothing is certain. `settled`: what came is certain.
   * `expired`: the time is over; what came, if anything, is certain. `failed`: it will never come.
   */
  readonly status: 'open' | 'seen' | 'settled' | 'expired' | 'failed';
  /** Null as long as nothing came. */
  readonly payment: { readonly id: string; readonly received: Money } | null;
  readonly irregularity: PaymentIrregularity | null;
  readonly refunds: readonly ObservedRefund[];
  readonly disputes: readonly ObservedDispute[];
}
