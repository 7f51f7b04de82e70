import {
  type Checkout,
  type CheckoutRequest,
  ForgedNotification,
  type ObservedPayment,
  type PaymentNotification,
  type PaymentProvider,
  type RefundOrder,
} from '@imprest/application';

/** A transfer takes days, and prices may hold a little longer for it. */
const PATIENCE_MS = 14 * 86_400_000;

/**
 * Payments that no program can see, such as bank transfers: an operator records them and, if need be, a second
 * one approves. There is nobody to ask, so it observes nothing and lists nothing.
 */
export class ManualPayments implements PaymentProvider {
  readonly name = 'manual';

  async openCheckout({ topUpId, expiresAt }: CheckoutRequest): Promise<Checkout> {
    const until = Date.parse(expiresAt) + PATIENCE_MS;
    return { checkoutId: topUpId, url: null, expiresAt: new Date(until).toISOString() };
  }

  /** @throws ForgedNotification always: nobody sends any */
  readNotification(): PaymentNotification {
    throw new ForgedNotification('payments by hand are told by operators only');
  }

  async fetch(): Promise<ObservedPayment | undefined> {
    return undefined;
  }

  /** The operator who asks for it sends the money back himself. */
  async refund({ requestId }: RefundOrder): Promise<{ readonly refundId: string }> {
    return { refundId: requestId };
  }

  async *list(): AsyncIterable<ObservedPayment> {}
}
