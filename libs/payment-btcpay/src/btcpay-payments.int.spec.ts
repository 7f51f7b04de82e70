import { PaymentProviderUnavailable } from '@imprest/application';
import { BtcpayStub, eur } from '@imprest/testkit';
import { paymentProviderConformance } from '@imprest/testkit/conformance';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BtcpayPayments } from './btcpay-payments.js';

const now = () => new Date('2026-01-15T09:00:00.000Z');

function paymentsOf(stub: BtcpayStub): BtcpayPayments {
  const { apiKey, storeId, webhookSecret } = stub;
  return new BtcpayPayments({ url: stub.server.url, apiKey, storeId, webhookSecret, now });
}

paymentProviderConformance('BTCPay Server', async () => {
  const stub = await BtcpayStub.start(now);
  const provider = paymentsOf(stub);
  return {
    provider,
    now: now(),
    watched: {
      pay: (invoiceId) => stub.pay(invoiceId, '10.00'),
      expire: (invoiceId) => stub.expire(invoiceId),
      notification: (invoiceId, deliveryId, secret) =>
        stub.notification('InvoiceSettled', invoiceId, deliveryId, secret),
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

describe('BTCPay Server', () => {
  let stub: BtcpayStub;
  let provider: BtcpayPayments;
  let invoiceId: string;
  const order = {
    topUpId: 'top_1',
    amount: eur(1_000n),
    description: '1000 tokens',
    expiresAt: '2026-01-15T10:00:00.000Z',
    returnUrl: 'https://studio.example.com/',
  };

  beforeEach(async () => {
    stub = await BtcpayStub.start(now);
    provider = paymentsOf(stub);
    invoiceId = (await provider.openCheckout(order)).checkoutId;
  });
  afterEach(async () => {
    await provider.close();
    await stub.close();
  });

  const observed = async () => (await provider.fetch(invoiceId))?.observation;

  test('is asked for exactly the price, in a decimal text, and for no tolerance', () => {
    expect(stub.invoices.get(invoiceId)).toMatchObject({
      amount: '10.00',
      currency: 'EUR',
      metadata: { orderId: 'top_1' },
      checkout: { expirationMinutes: 60, paymentTolerance: 0, redirectURL: order.returnUrl },
    });
  });

  test.each([
    ['open', null, 0n, '0', { status: 'New' }],
    ['seen', null, 400n, '4.00', { status: 'New' }],
    ['seen', null, 1_000n, '10.00', { status: 'Processing' }],
    ['settled', null, 1_000n, '10.00', { status: 'Settled' }],
    // A conversion from satoshis is not exact: it is the server that says whether it is the price.
    ['settled', null, 1_000n, '9.9953', { status: 'Settled' }],
    ['settled', null, 1_000n, '10.0098', { status: 'Settled' }],
    ['settled', null, 950n, '9.50', { status: 'Settled' }],
    ['settled', 'over_paid', 1_234n, '12.349', { status: 'Settled', additionalStatus: 'PaidOver' }],
    ['settled', 'late', 1_000n, '10.00', { status: 'Settled', additionalStatus: 'PaidLate' }],
    ['settled', 'marked_by_hand', 0n, '0', { status: 'Settled', additionalStatus: 'Marked' }],
    ['expired', 'late', 1_000n, '10.00', { status: 'Expired', additionalStatus: 'PaidLate' }],
    ['expired', 'partial', 300n, '3.00', { status: 'Expired', additionalStatus: 'PaidPartial' }],
    ['failed', null, 1_000n, '10.00', { status: 'Invalid' }],
    ['failed', 'marked_by_hand', 0n, '0', { status: 'Invalid', additionalStatus: 'Marked' }],
  ] as const)('says %s, %s, %s minor units for %s in %o', async (status, how, minor, paid, as) => {
    stub.pay(invoiceId, paid, as);
    const seen = await observed();
    expect([seen?.status, seen?.irregularity]).toEqual([status, how]);
    expect(seen?.payment?.received.minorUnits ?? 0n).toBe(minor);
  });

  test('says something that nobody understands: then nothing is observed', async () => {
    stub.pay(invoiceId, '10.00', { additionalStatus: 'PaidTwice' as 'None' });
    await expect(observed()).rejects.toThrow('additionalStatus is PaidTwice');
    stub.pay(invoiceId, 'ten');
    await expect(observed()).rejects.toThrow('paidAmount is no amount of EUR');
  });

  test('does not take the key: then it cannot be reached, and the key is told to nobody', async () => {
    const { storeId, webhookSecret } = stub;
    const apiKey = 'wrong-api-key-0123456789';
    const stranger = new BtcpayPayments({
      ...{ url: stub.server.url, apiKey, storeId, webhookSecret, now },
    });
    const failure = await stranger.fetch(invoiceId).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(PaymentProviderUnavailable);
    expect(String(failure)).not.toContain(apiKey);
    await stranger.close();
  });

  test('passes over webhooks of another store', () => {
    const sent = stub.notification('InvoiceSettled', invoiceId);
    const { storeId: _, ...options } = { ...stub };
    const other = new BtcpayPayments({
      ...{ url: stub.server.url, apiKey: options.apiKey, storeId: 'another', now },
      webhookSecret: options.webhookSecret,
    });
    expect(other.readNotification(sent.body, sent.headers).subject).toBeNull();
    return other.close();
  });

  test('names a refund after its request and pays it the way the payer paid', async () => {
    stub.pay(invoiceId, '10.00');
    await provider.refund({
      ...{ requestId: 'ref_1', checkoutId: invoiceId, paymentId: invoiceId },
      ...{ amount: eur(250n), reason: 'ordered twice' },
    });
    expect(stub.pullPayments).toMatchObject([{ name: 'ref_1', amount: '2.50', currency: 'EUR' }]);
  });

  test('lists more invoices than go on a page', async () => {
    for (let n = 2; n <= 103; n += 1) {
      await provider.openCheckout({ ...order, topUpId: `top_${n}` });
    }
    const topUps = new Set<string | null>();
    for await (const { topUpId } of provider.list(new Date(0))) topUps.add(topUpId);
    expect(topUps.size).toBe(103);
  });
});
