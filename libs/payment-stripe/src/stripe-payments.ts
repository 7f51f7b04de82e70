import type {
  Checkout,
  CheckoutRequest,
  ObservedPayment,
  PaymentNotification,
  PaymentProvider,
  RefundOrder,
} from '@imprest/application';
import type { AnswerFields } from '@imprest/payment-http';
import { observedDispute, observedRefund, observedSession } from './checkout-session.js';
import { StripeApi } from './stripe-api.js';
import { readStripeNotification } from './stripe-notification.js';

export interface StripeOptions {
  /** Of the API. */
  readonly url: string;
  /** Secret or restricted: may write checkout sessions and refunds, and read payments and disputes. */
  readonly apiKey: string;
  /** Of the webhook endpoint, `whsec_…`. */
  readonly webhookSecret: string;
}

const SESSIONS = '/v1/checkout/sessions';
const REFUNDS = '/v1/refunds';
const DISPUTES = '/v1/disputes';
/** Stripe Checkout: one session in payment mode for each top-up. */
export class StripePayments implements PaymentProvider {
  readonly name = 'stripe';
  private readonly api: StripeApi;

  constructor(private readonly options: StripeOptions) {
    this.api = new StripeApi(options.url, options.apiKey);
  }

  /** The same request gives the same form, as Stripe demands of calls under one idempotency key. */
  async openCheckout(request: CheckoutRequest): Promise<Checkout> {
    const { topUpId, amount, description, expiresAt, returnUrl } = request;
    const price = {
      currency: amount.currency.toLowerCase(),
      unit_amount: amount.minorUnits.toString(),
      product_data: { name: description },
    };
    const form = {
      mode: 'payment',
      client_reference_id: topUpId,
      metadata: { top_up: topUpId },
      payment_intent_data: { metadata: { top_up: topUpId } },
      line_items: { 0: { price_data: price, quantity: 1 } },
      success_url: returnUrl,
      cancel_url: returnUrl,
      expires_at: Math.floor(Date.parse(expiresAt) / 1_000),
    };
    const session = await this.api.post(SESSIONS, form, `checkout-${topUpId}`);
    return {
      checkoutId: session.text('id'),
      url: session.text('url'),
      expiresAt: session.unixTime('expires_at').toISOString(),
    };
  }

  readNotification(
    body: Uint8Array,
    headers: Readonly<Record<string, string | readonly string[] | undefined>>,
    now: Date,
  ): PaymentNotification {
    return readStripeNotification(body, headers, this.options.webhookSecret, now);
  }

  async fetch(subject: string): Promise<ObservedPayment | undefined> {
    const session = await this.session(subject);
    return session === undefined ? undefined : this.observed(session);
  }

  async refund({ requestId, paymentId, amount }: RefundOrder) {
    const form = {
      payment_intent: paymentId,
      amount: amount.minorUnits.toString(),
      metadata: { request: requestId },
    };
    const refund = await this.api.post(REFUNDS, form, `refund-${requestId}`);
    return { refundId: refund.text('id') };
  }

  /** Sessions, refunds and disputes made since then lead to payments; each payment is told once. */
  async *list(since: Date): AsyncIterable<ObservedPayment> {
    const created = { created: { gte: Math.floor(since.getTime() / 1_000) } };
    const told = new Set<string>();
    for await (const session of this.api.list(SESSIONS, { ...created, ...EXPANDED_IN_LIST })) {
      told.add(session.text('id'));
      yield await this.observed(session);
    }
    for (const path of [REFUNDS, DISPUTES]) {
      for await (const item of this.api.list(path, created)) {
        const intent = item.optionalText('payment_intent');
        const session = intent === undefined ? undefined : await this.session(intent);
        if (session === undefined || told.has(session.text('id'))) continue;
        told.add(session.text('id'));
        yield await this.observed(session);
      }
    }
  }

  close(): Promise<void> {
    return this.api.close();
  }

  /** @param subject id of a session or of the payment intent that it made */
  private async session(subject: string): Promise<AnswerFields | undefined> {
    if (!subject.startsWith('pi_')) {
      return this.api.get(`${SESSIONS}/${encodeURIComponent(subject)}`, EXPANDED);
    }
    const query = { payment_intent: subject, ...EXPANDED_IN_LIST };
    for await (const session of this.api.list(SESSIONS, query)) return session;
    return undefined;
  }

  private async observed(session: AnswerFields): Promise<ObservedPayment> {
    const intent = session.optionalFields('payment_intent')?.text('id');
    const [refunds, disputes] =
      intent === undefined
        ? [[], []]
        : await Promise.all([
            this.all(REFUNDS, intent, observedRefund),
            this.all(DISPUTES, intent, observedDispute),
          ]);
    const topUpId = session.optionalFields('metadata')?.optionalText('top_up') ?? null;
    return { topUpId, observation: observedSession(session, refunds, disputes) };
  }

  /** Oldest first, as they happened. */
  private async all<T>(
    path: string,
    intent: string,
    read: (item: AnswerFields) => T | undefined,
  ): Promise<readonly T[]> {
    const found: T[] = [];
    for await (const item of this.api.list(path, { payment_intent: intent })) {
      const observed = read(item);
      if (observed !== undefined) found.unshift(observed);
    }
    return found;
  }
}

const EXPANDED = { expand: { 0: 'payment_intent' } };
const EXPANDED_IN_LIST = { expand: { 0: 'data.payment_intent' } };
