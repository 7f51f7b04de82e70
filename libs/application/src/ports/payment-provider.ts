import type { Money, PaymentObservation } from '@imprest/domain';

export interface CheckoutRequest {
  /** Kept by the provider beside the payment: it leads back from there. */
  readonly topUpId: string;
  readonly amount: Money;
  /** For the payer. */
  readonly description: string;
  /** ISO 8601: when the price no longer holds. The same however often the checkout is asked for. */
  readonly expiresAt: string;
  /** Where the payer goes afterwards. */
  readonly returnUrl: string;
}

export interface Checkout {
  /** As the provider calls it. */
  readonly checkoutId: string;
  /** Where to pay, null when there is no page to go to. */
  readonly url: string | null;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** What a provider sent by itself. Its signature was checked; what it says is never taken for true. */
export interface PaymentNotification {
  /** The same for every delivery of one notification. */
  readonly deliveryId: string;
  /** What to fetch, as the provider calls it; null when it is about no payment. */
  readonly subject: string | null;
}

export interface ObservedPayment {
  /** Null for a payment that was not begun here. */
  readonly topUpId: string | null;
  readonly observation: PaymentObservation;
}

export interface RefundOrder {
  /** Names the refund: asked for twice under one name, it is one refund. */
  readonly requestId: string;
  readonly checkoutId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly reason: string;
}

/**
 * Whoever takes money for top-ups. Contract of every adapter, checked by testkit's conformance suite:
 * - a checkout of one top-up is opened once, however often it is asked for;
 * - a notification is read only when its signature is right, and its content is a hint where to look;
 * - an observation is what the provider says at the time of the call, all of it.
 */
export interface PaymentProvider {
  readonly name: string;
  /** @throws PaymentProviderUnavailable, PaymentRefused */
  openCheckout(request: CheckoutRequest): Promise<Checkout>;
  /** @param headers names in lower case. @throws ForgedNotification */
  readNotification(
    body: Uint8Array,
    headers: Readonly<Record<string, string | readonly string[] | undefined>>,
    now: Date,
  ): PaymentNotification;
  /**
   * @param subject of a notification, or the id of a checkout
   * @returns undefined when the provider knows no such payment
   * @throws PaymentProviderUnavailable
   */
  fetch(subject: string): Promise<ObservedPayment | undefined>;
  /** @returns the refund's id at the provider. @throws PaymentProviderUnavailable, PaymentRefused */
  refund(order: RefundOrder): Promise<{ readonly refundId: string }>;
  /**
   * Payments to which something happened since then, each as it is now: for sweeps and reconciliation.
   * @throws PaymentProviderUnavailable
   */
  list(since: Date): AsyncIterable<ObservedPayment>;
}

/** By name. */
export type PaymentProviders = ReadonlyMap<string, PaymentProvider>;

/** The provider did not answer, or not in a way that can be understood: try again later. */
export class PaymentProviderUnavailable extends Error {
  override readonly name = 'PaymentProviderUnavailable';
}

/** The provider will never do this. The message is the provider's reason, and holds no secret. */
export class PaymentRefused extends Error {
  override readonly name = 'PaymentRefused';
}

/** The signature is wrong, missing or too old. */
export class ForgedNotification extends Error {
  override readonly name = 'ForgedNotification';
}
