import { ForgedNotification } from '@imprest/application';
import { eur, StripeStub } from '@imprest/testkit';
import { paymentProviderConformance } from '@imprest/testkit/conformance';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StripePayments } from './stripe-payments.js';

const now = () => new Date('2026-01-15T09:00:00.000Z');
const seconds = now().getTime() / 1_000;

function paymentsOf({ server, apiKey, webhookSecret }: StripeStub): StripePayments {
  return new StripePayments({ url: server.url, apiKey, webhookSecret });
}

paymentProviderConformance('Stripe', async () => {
  const stub = await StripeStub.start(now);
  const provider = paymentsOf(stub);
  return {
    provider,
    now: now(),
    watched: {
      pay: (sessionId) => stub.pay(sessionId),
      expire: (sessionId) => stub.expire(sessionId),
      notification: (sessionId, eventId, secret) =>
        stub.notification('checkout.session.completed', stub.session(sessionId), {
          eventId,
          secret,
        }),
      fail: () => {
        stub.server.isDown = true;
      },
    },
    close: async () => {
      await provider.close();
      await stub.close();
    },
  };
});

describe('Stripe', () => {
  let stub: StripeStub;
  let provider: StripePayments;
  let sessionId: string;
  const order = {
    topUpId: 'top_1',
    amount: eur(1_000n),
    description: '1000 tokens for 10.00 EUR',
    expiresAt: '2026-01-15T10:00:00.000Z',
    returnUrl: 'https://studio.example.com/account?tab=tokens&x=[1]',
  };

  beforeEach(async () => {
    stub = await StripeStub.start(now);
    provider = paymentsOf(stub);
    sessionId = (await provider.openCheckout(order)).checkoutId;
  });
  afterEach(async () => {
    await provider.close();
    await stub.close();
  });

  const observed = async () => (await provider.fetch(sessionId))?.observation;
  const intentId = () => stub.session(sessionId).payment_intent?.id ?? '';
  const forms = () =>
    stub.server.requests
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));

  test('is sent what its own SDK sends', async () => {
    const { hostname, port } = new URL(stub.server.url);
    const sdk = new Stripe(stub.apiKey, { host: hostname, port, protocol: 'http' });
    await sdk.checkout.sessions.create({
      mode: 'payment',
      client_reference_id: 'top_1',
      metadata: { top_up: 'top_1' },
      payment_intent_data: { metadata: { top_up: 'top_1' } },
      line_items: [
        {
          price_data: {
            currency: 'eur',
            unit_amount: 1_000,
            product_data: { name: order.description },
          },
          quantity: 1,
        },
      ],
      success_url: order.returnUrl,
      cancel_url: order.returnUrl,
      expires_at: seconds + 3_600,
    });
    stub.pay(sessionId);
    await sdk.refunds.create({
      ...{ payment_intent: intentId(), amount: 100, metadata: { request: 'ref_1' } },
    });
    await provider.refund({
      ...{ requestId: 'ref_1', checkoutId: sessionId, paymentId: intentId() },
      ...{ amount: eur(100n), reason: 'ordered twice' },
    });

    const [ours, theirs, theirRefund, ourRefund] = forms();
    expect(ours).toEqual(theirs);
    expect(ourRefund).toEqual(theirRefund);
    const version = new Set(stub.server.requests.map(({ headers }) => headers['stripe-version']));
    expect([...version]).toEqual([Stripe.API_VERSION]);
  });

  test('signs as its own SDK does', () => {
    const payload = JSON.stringify({ id: 'evt_1', data: { object: { object: 'balance' } } });
    const header = Stripe.webhooks.generateTestHeaderString({
      ...{ payload, secret: stub.webhookSecret, timestamp: seconds },
    });
    const body = Buffer.from(payload);
    const read = (at: Date) => provider.readNotification(body, { 'stripe-signature': header }, at);
    expect(read(now())).toEqual({ deliveryId: 'evt_1', subject: null });
    for (const late of [301_000, -301_000]) {
      expect(() => read(new Date(now().getTime() + late))).toThrow(ForgedNotification);
    }
  });

  test('is believed when one of several signatures fits, as while a secret is rolled', () => {
    const sent = stub.notification('checkout.session.completed', stub.session(sessionId));
    const header = sent.headers['stripe-signature']?.replace(',v1=', `,v1=${'0'.repeat(64)},v1=`);
    const headers = { 'stripe-signature': header };
    expect(provider.readNotification(sent.body, headers, now()).subject).toBe(sessionId);
  });

  test.each(['t=,v1=', 't=abc,v1=00', 'v1=00', `t=${seconds}`, `t=${seconds},v0=00`, ','])(
    'is not believed with the signature %j',
    (header) => {
      const { body } = stub.notification('checkout.session.completed', {});
      expect(() => provider.readNotification(body, { 'stripe-signature': header }, now())).toThrow(
        ForgedNotification,
      );
    },
  );

  test('leads from charges, refunds and disputes to the payment', async () => {
    stub.pay(sessionId);
    const refund = stub.refund(sessionId, 100);
    const charge = { object: 'charge', id: 'ch_1', payment_intent: intentId() };
    const dispute = stub.dispute(sessionId, 900);
    for (const [type, object] of [
      ['charge.refunded', charge],
      ['refund.updated', refund],
      ['charge.dispute.created', dispute],
    ] as const) {
      const sent = stub.notification(type, object);
      const { subject } = provider.readNotification(sent.body, sent.headers, now());
      const found = await provider.fetch(subject ?? '');
      expect(found?.observation.checkoutId).toBe(sessionId);
    }
  });

  test('says that a payment is under way, and that it failed after all', async () => {
    stub.pay(sessionId, 'processing');
    expect(await observed()).toMatchObject({
      ...{ status: 'seen', payment: { id: intentId(), received: eur(1_000n) } },
    });
    stub.fail(sessionId);
    expect(await observed()).toMatchObject({ status: 'failed', payment: null });
  });

  test('tells refunds that went through, the oldest first', async () => {
    stub.pay(sessionId);
    const first = stub.refund(sessionId, 100);
    stub.refund(sessionId, 200, 'pending');
    stub.refund(sessionId, 300, 'failed');
    const second = stub.refund(sessionId, 50);
    const refunds = (await observed())?.refunds;
    expect(refunds).toEqual([
      { refundId: first.id, requestId: null, amount: eur(100n) },
      { refundId: second.id, requestId: null, amount: eur(50n) },
    ]);
  });

  test('tells a refund that was asked for here by the name of the request', async () => {
    stub.pay(sessionId);
    const { refundId } = await provider.refund({
      ...{ requestId: 'ref_1', checkoutId: sessionId, paymentId: intentId() },
      ...{ amount: eur(100n), reason: 'ordered twice' },
    });
    const refunds = (await observed())?.refunds;
    expect(refunds).toEqual([{ refundId, requestId: 'ref_1', amount: eur(100n) }]);
  });

  test.each([
    ['needs_response', 'open'],
    ['under_review', 'open'],
    ['appeal_under_review', 'open'],
    ['won', 'won'],
    ['lost', 'lost'],
    ['warning_needs_response', undefined],
    ['warning_closed', undefined],
    ['prevented', undefined],
  ])('tells a dispute that is %s as %s', async (status, told) => {
    stub.pay(sessionId);
    const { id } = stub.dispute(sessionId, 1_000, status);
    const dispute = { disputeId: id, amount: eur(1_000n), reason: 'fraudulent', status: told };
    const disputes = (await observed())?.disputes;
    expect(disputes).toEqual(told === undefined ? [] : [dispute]);
  });

  test('lists an old payment to which something happened since, over several pages', async () => {
    stub.pageSize = 2;
    stub.pay(sessionId);
    const others = await Promise.all(
      [2, 3, 4, 5].map((n) => provider.openCheckout({ ...order, topUpId: `top_${n}` })),
    );
    for (const { checkoutId } of others) stub.pay(checkoutId);
    const old = stub.session(sessionId) as { created: number };
    old.created -= 90 * 86_400;
    stub.dispute(sessionId, 1_000);
    const found: string[] = [];
    for await (const { observation } of provider.list(now())) found.push(observation.checkoutId);
    const all = [sessionId, ...others.map(({ checkoutId }) => checkoutId)];
    expect(found.sort()).toEqual(all.sort());
  });

  test('is asked under one name with one form, also when the second call comes late', async () => {
    await provider.openCheckout(order);
    expect(stub.sessions).toHaveLength(1);
  });
});
