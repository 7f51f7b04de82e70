import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiModule } from '@imprest/api';
import { PaymentSweep, systemClock } from '@imprest/application';
import { LedgerModule } from '@imprest/ledger';
import { loadConfig, paymentProviders, type RunningProcess, runProcess } from '@imprest/platform';
import { TopUpQueries } from '@imprest/read-models';
import { BtcpayStub, type SignedNotification, StripeStub } from '@imprest/testkit';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const key = () => randomBytes(24).toString('hex');
const keys = { admin: key(), ada: key(), grace: key() };
const now = () => new Date();

let btcpay: BtcpayStub;
let stripe: StripeStub;
let database: TestDatabase;
let directory: string;
let running: RunningProcess;
let tenant: TestTenant;
let ada: ApiClient;
let grace: ApiClient;
let admin: ApiClient;

beforeAll(async () => {
  [btcpay, stripe] = await Promise.all([BtcpayStub.start(now), StripeStub.start(now)]);
  database = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'imprest-top-ups-'));
  const config = loadConfig({
    DATABASE_URL: database.url,
    IMPREST_DATA_DIR: directory,
    IMPREST_ADMIN_KEY: keys.admin,
    IMPREST_OPERATOR_KEYS: `ada=${keys.ada},grace=${keys.grace}`,
    MANUAL_CREDIT_LIMIT: '1000',
    BTCPAY_URL: btcpay.server.url,
    BTCPAY_STORE_ID: btcpay.storeId,
    BTCPAY_API_KEY: btcpay.apiKey,
    BTCPAY_WEBHOOK_SECRET: btcpay.webhookSecret,
    STRIPE_URL: stripe.server.url,
    STRIPE_API_KEY: stripe.apiKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8',
    NEW_ACCOUNT_CREDITS: '0',
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
  running = await runProcess(config, [ApiModule, LedgerModule]);
  admin = new ApiClient(running.url, keys.admin);
  ada = new ApiClient(running.url, keys.ada);
  grace = new ApiClient(running.url, keys.grace);
  tenant = await createTenant(running.url, keys.admin, 0);
});

afterAll(async () => {
  await running?.stop();
  await database?.drop();
  await btcpay?.close();
  await stripe?.close();
  await rm(directory, { recursive: true, force: true });
});

const order = async (provider: string, more: object = {}, headers = {}) => {
  const answer = await tenant.client.post(
    '/v1/top-ups',
    { package: 'trial', provider, ...more },
    headers,
  );
  return answer;
};
const topUp = async (id: string) => (await tenant.client.get(`/v1/top-ups/${id}`)).body;
const balance = async (of = tenant) => (await of.client.get('/v1/balance')).body;
const untilStatus = (id: string, status: string) =>
  expect.poll(async () => (await topUp(id)).status, { timeout: 10_000, interval: 20 }).toBe(status);
const checkoutOf = async (id: string): Promise<string> =>
  (await admin.get(`/admin/v1/top-ups/${id}`)).body.checkoutId;

async function notify(provider: string, { body, headers }: SignedNotification) {
  const response = await fetch(`${running.url}/payments/v1/${provider}/notifications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, body: await response.json() };
}

/** A tenant with nothing yet, to whom one thing happens. */
async function alone<T>(work: (fresh: TestTenant) => Promise<T>): Promise<T> {
  const before = tenant;
  tenant = await createTenant(running.url, keys.admin, 0);
  try {
    return await work(tenant);
  } finally {
    tenant = before;
  }
}

describe('packages', () => {
  test('are listed with their prices and discounts', async () => {
    const { body } = await tenant.client.get('/v1/top-up-packages');
    expect(body.providers).toEqual(['btcpay', 'stripe', 'manual']);
    expect(body.packages[0]).toEqual({
      ...{ id: 'trial', tokens: 1_000, discountTier: null, discountPercent: 0 },
      prices: [
        { currency: 'EUR', listPrice: '10.00', price: '10.00' },
        { currency: 'USD', listPrice: '11.00', price: '11.00' },
      ],
    });
    expect(body.packages.at(-1).discountTier).toBe('volume-20');
  });
});

describe('an order', () => {
  test.each([
    ['package', { package: 'huge' }],
    ['provider', { provider: 'barter' }],
    ['currency', { currency: 'JPY' }],
    ['returnUrl', { returnUrl: 'http://studio.example.com' }],
    ['amount', { amount: '1.00' }],
  ])('with a wrong %s is refused', async (field, more) => {
    const { status, body } = await order('btcpay', more);
    expect([status, body.error.field]).toEqual([400, field]);
  });

  test('needs a key with a scope for it', async () => {
    const terms = { scopes: ['balance:read', 'generations:write'] };
    const poor = await createTenant(running.url, keys.admin, 0, terms);
    const { status, body } = await poor.client.post('/v1/top-ups', {
      ...{ package: 'trial', provider: 'manual' },
    });
    expect([status, body.error.scope]).toEqual([403, 'top_ups:write']);
  });

  test('repeated under its key is the first one; with something else it is a conflict', async () => {
    const headers = { 'idempotency-key': `order-${key()}` };
    const first = await order('stripe', {}, headers);
    const again = await order('stripe', {}, headers);
    expect(again.body.id).toBe(first.body.id);
    expect(again.body.checkoutUrl).toBe(first.body.checkoutUrl);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await order('btcpay', {}, headers)).status).toBe(409);
  });

  test('that a provider did not answer is completed under its key', async () => {
    const headers = { 'idempotency-key': `order-${key()}` };
    stripe.server.isDown = true;
    const failed = await order('stripe', {}, headers);
    stripe.server.isDown = false;
    expect([failed.status, failed.body.error.code]).toEqual([503, 'unavailable']);
    const { status, body } = await order('stripe', {}, headers);
    expect([status, body.status]).toEqual([201, 'open']);
  });

  test('of another tenant is not there', async () => {
    const { body } = await order('manual');
    await alone(async ({ client }) => {
      expect((await client.get(`/v1/top-ups/${body.id}`)).status).toBe(404);
      expect((await client.get(`/v1/top-ups/${body.id}/receipt`)).status).toBe(404);
      expect((await client.get('/v1/top-ups')).body.topUps).toEqual([]);
    });
  });
});

describe('a payment through BTCPay Server', () => {
  test('becomes tokens, once, whatever is delivered how often', () =>
    alone(async () => {
      const { body } = await order('btcpay', { currency: 'EUR' });
      const invoice = await checkoutOf(body.id);
      expect(body.checkoutUrl).toBe(`${btcpay.server.url}/i/${invoice}`);
      btcpay.pay(invoice, '10.00', { status: 'Processing' });
      await notify('btcpay', btcpay.notification('InvoiceProcessing', invoice));
      expect(await topUp(body.id)).toMatchObject({ status: 'pending', received: '10.00' });

      btcpay.pay(invoice, '10.00');
      const settled = btcpay.notification('InvoiceSettled', invoice, 'delivery-1');
      const sent = [
        settled,
        btcpay.notification('InvoiceSettled', invoice, 'delivery-1'),
        btcpay.notification('InvoicePaymentSettled', invoice),
        btcpay.notification('InvoiceProcessing', invoice),
        btcpay.notification('InvoiceReceivedPayment', invoice),
      ];
      const answers = await Promise.all(sent.map((each) => notify('btcpay', each)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      await untilStatus(body.id, 'credited');
      expect((await notify('btcpay', settled)).body).toEqual({ outcome: 'duplicate' });
      expect(await balance()).toMatchObject({ available: 1_000, purchased: 1_000 });
    }));

  test('is found by a look when every notification was lost', () =>
    alone(async () => {
      const { body } = await order('btcpay');
      btcpay.pay(await checkoutOf(body.id), '10.00');
      const { infrastructure } = running;
      const sweep = new PaymentSweep({
        runner: infrastructure.runner,
        providers: paymentProviders(infrastructure.config.payments, systemClock),
        index: new TopUpQueries(infrastructure.dataSource),
        clock: systemClock,
        observer: { troubled: () => {}, foreign: () => {} },
      });
      await expect
        .poll(async () => (await tenant.client.get('/v1/top-ups')).body.topUps.length)
        .toBe(1);
      await sweep.sweepWaiting();
      await untilStatus(body.id, 'credited');
      await sweep.sweepChanges(new Date(0));
      expect((await balance()).available).toBe(1_000);
    }));

  test('that is not as it should be waits for an operator', () =>
    alone(async ({ id: tenantId }) => {
      const { body } = await order('btcpay');
      const invoice = await checkoutOf(body.id);
      btcpay.pay(invoice, '4.00', { status: 'Expired', additionalStatus: 'PaidPartial' });
      await notify('btcpay', btcpay.notification('InvoiceExpired', invoice));
      expect((await topUp(body.id)).status).toBe('under_review');
      await expect
        .poll(async () => {
          const { topUps } = (await ada.get('/admin/v1/top-ups/under-review')).body;
          return topUps.find(({ id }: { id: string }) => id === body.id);
        })
        .toMatchObject({
          tenantId,
          received: '4.00',
          review: { cause: 'partial', proposal: null },
        });
      const review = { decision: 'credit', reason: 'the rest was not wanted' };
      const decided = await ada.post(`/admin/v1/top-ups/${body.id}/review`, review);
      expect([decided.status, decided.body.operators]).toEqual([200, ['ada']]);
      await untilStatus(body.id, 'credited');
      expect((await balance()).available).toBe(400);
    }));

  test.each([
    ['without a signature', (sent: SignedNotification) => ({ ...sent, headers: {} })],
    [
      'with another body',
      (sent: SignedNotification) => ({ ...sent, body: Buffer.from('{"invoiceId":"x"}') }),
    ],
    ['with an empty body', (sent: SignedNotification) => ({ ...sent, body: Buffer.alloc(0) })],
  ])('is not asked about because of a notification %s', async (_how, forge) => {
    const { body } = await order('btcpay');
    const invoice = await checkoutOf(body.id);
    const calls = btcpay.server.requests.length;
    const { status } = await notify(
      'btcpay',
      forge(btcpay.notification('InvoiceSettled', invoice)),
    );
    expect(status).toBe(401);
    expect(btcpay.server.requests).toHaveLength(calls);
  });

  test('that was never begun here, or of a provider nobody has, leads nowhere', async () => {
    const foreign = await notify('btcpay', btcpay.notification('InvoiceSettled', 'unknown'));
    expect(foreign).toEqual({ status: 200, body: { outcome: 'nothing' } });
    const stranger = await notify('barter', btcpay.notification('InvoiceSettled', 'unknown'));
    expect(stranger.status).toBe(404);
    expect((await notify('manual', btcpay.notification('X', 'unknown'))).status).toBe(401);
  });

  test('is sent back as a pull payment', () =>
    alone(async () => {
      const { body } = await order('btcpay');
      const invoice = await checkoutOf(body.id);
      btcpay.pay(invoice, '10.00');
      await notify('btcpay', btcpay.notification('InvoiceSettled', invoice));
      await untilStatus(body.id, 'credited');
      const refund = { amount: '2.50', reason: 'goodwill', refundId: `ref_${key()}` };
      for (let times = 0; times < 2; times += 1) {
        expect((await ada.post(`/admin/v1/top-ups/${body.id}/refunds`, refund)).status).toBe(202);
      }
      await expect.poll(async () => (await balance()).available).toBe(750);
      expect(await topUp(body.id)).toMatchObject({ status: 'credited', refunded: '2.50' });
      const made = btcpay.pullPayments.filter(({ name }) => name === refund.refundId);
      expect(made).toHaveLength(1);
    }));
});

describe('a payment through Stripe', () => {
  const paid = async () => {
    const { body } = await order('stripe');
    const sessionId = await checkoutOf(body.id);
    stripe.pay(sessionId);
    const session = stripe.session(sessionId);
    await notify('stripe', stripe.notification('checkout.session.completed', session));
    await untilStatus(body.id, 'credited');
    return { id: body.id as string, sessionId };
  };

  test('is credited when it is certain, not when it is under way', () =>
    alone(async () => {
      const { body } = await order('stripe');
      const sessionId = await checkoutOf(body.id);
      const session = () => stripe.session(sessionId);
      stripe.pay(sessionId, 'processing');
      await notify('stripe', stripe.notification('checkout.session.completed', session()));
      expect((await topUp(body.id)).status).toBe('pending');
      stripe.pay(sessionId);
      const succeeded = 'checkout.session.async_payment_succeeded';
      await notify('stripe', stripe.notification(succeeded, session()));
      await untilStatus(body.id, 'credited');
      expect((await balance()).available).toBe(1_000);
    }));

  test('that is refunded takes its tokens along', () =>
    alone(async () => {
      const { id, sessionId } = await paid();
      const refund = stripe.refund(sessionId, 1_000);
      await notify('stripe', stripe.notification('refund.updated', refund));
      await expect.poll(async () => (await balance()).available).toBe(0);
      expect(await topUp(id)).toMatchObject({ status: 'refunded', refunded: '10.00' });
      expect((await balance()).frozen).toBe(false);
    }));

  test('that is disputed is charged back, and given back when the dispute is won', () =>
    alone(async () => {
      const { id, sessionId } = await paid();
      const dispute = stripe.dispute(sessionId, 1_000);
      await notify('stripe', stripe.notification('charge.dispute.created', dispute));
      await expect.poll(balance).toMatchObject({ available: 0, frozen: true });
      expect((await topUp(id)).status).toBe('disputed');
      dispute.status = 'won';
      await notify('stripe', stripe.notification('charge.dispute.closed', dispute));
      await expect.poll(balance).toMatchObject({ available: 1_000, frozen: false });
      expect((await topUp(id)).status).toBe('credited');
    }));

  test('whose dispute is lost leaves the account frozen until an operator clears it', () =>
    alone(async ({ id: tenantId }) => {
      const { id, sessionId } = await paid();
      const dispute = stripe.dispute(sessionId, 1_000, 'lost');
      await notify('stripe', stripe.notification('charge.dispute.closed', dispute));
      await expect.poll(balance).toMatchObject({ available: 0, frozen: true });
      expect((await topUp(id)).status).toBe('charged_back');
      const unfreeze = `/admin/v1/tenants/${tenantId}/unfreeze`;
      expect((await ada.post(unfreeze, { reason: 'settled by transfer' })).status).toBe(204);
      expect((await balance()).frozen).toBe(false);
      expect((await ada.post('/admin/v1/tenants/nobody/unfreeze', { reason: 'x' })).status).toBe(
        404,
      );
    }));

  test('is asked for in vain: then the provider’s silence is told, so that it sends again', async () => {
    const { body } = await order('stripe');
    const sessionId = await checkoutOf(body.id);
    stripe.pay(sessionId);
    const sent = stripe.notification('checkout.session.completed', stripe.session(sessionId));
    stripe.server.isDown = true;
    const failed = await notify('stripe', sent);
    stripe.server.isDown = false;
    expect(failed.status).toBe(503);
    expect((await notify('stripe', sent)).body).toEqual({ outcome: 'observed' });
    await untilStatus(body.id, 'credited');
  });
});

describe('a credit by hand', () => {
  const credit = (tokens: number, reference: string) => ({
    ...{ amount: '95.00', currency: 'EUR', reference, reason: 'on the bank statement', tokens },
  });
  const give = (operator: ApiClient, to: TestTenant, body: object) =>
    operator.post(`/admin/v1/tenants/${to.id}/manual-credits`, body);

  test('up to the limit is one operator’s decision, once for one reference', () =>
    alone(async (to) => {
      const first = await give(admin, to, credit(1_000, 'transfer 1'));
      expect([first.status, first.body.operators]).toEqual([201, ['admin-key']]);
      await untilStatus(first.body.id, 'credited');
      const again = await give(ada, to, credit(1_000, 'transfer 1'));
      expect(again.body.id).toBe(first.body.id);
      expect((await give(ada, to, credit(900, 'transfer 1'))).status).toBe(409);
      expect((await balance()).available).toBe(1_000);
    }));

  test('above the limit needs two operators, each with a key of his own', () =>
    alone(async (to) => {
      expect((await give(admin, to, credit(10_000, 'transfer 2'))).status).toBe(403);
      const { body } = await give(ada, to, credit(10_000, 'transfer 2'));
      expect(body).toMatchObject({
        status: 'under_review',
        review: { cause: 'manual_credit', proposal: { operator: 'ada', tokens: 10_000 } },
      });
      const approve = { decision: 'credit', reason: 'seen too' };
      const review = (operator: ApiClient) =>
        operator.post(`/admin/v1/top-ups/${body.id}/review`, approve);
      expect((await review(ada)).status).toBe(403);
      expect((await review(admin)).status).toBe(403);
      expect((await balance()).available).toBe(0);
      expect((await review(grace)).body.operators).toEqual(['ada', 'grace']);
      await untilStatus(body.id, 'credited');
      expect((await balance()).available).toBe(10_000);
    }));

  test('answers an order that was to be paid by transfer', () =>
    alone(async () => {
      const { body } = await order('manual');
      expect(body).toMatchObject({ status: 'open', checkoutUrl: null });
      const payment = { amount: '10.00', currency: 'EUR', reference: 'transfer 3', reason: 'seen' };
      const recorded = await ada.post(`/admin/v1/top-ups/${body.id}/payments`, payment);
      expect(recorded.status).toBe(200);
      await untilStatus(body.id, 'credited');
      expect((await balance()).available).toBe(1_000);
    }));

  test.each([
    ['tokens', { tokens: undefined }],
    ['amount', { amount: '1.005' }],
    ['amount', { amount: '-1' }],
    ['currency', { currency: 'KWD' }],
    ['reference', { reference: '' }],
  ])('with a wrong %s is refused', async (field, more) => {
    const { status, body } = await give(ada, tenant, { ...credit(10, 'transfer 4'), ...more });
    expect([status, body.error.field]).toEqual([400, field]);
  });

  test('is for no tenant that is not there', async () => {
    const nobody = { ...tenant, id: 'nobody' };
    expect((await give(ada, nobody, credit(10, 'transfer 5'))).status).toBe(404);
  });
});

describe('a receipt', () => {
  test('says what was paid for what, as JSON, as text and as a page for printing', () =>
    alone(async ({ client, id: tenantId }) => {
      const { body } = await order('btcpay', { package: 'studio' });
      const receipt = `/v1/top-ups/${body.id}/receipt`;
      expect((await client.get(receipt)).status).toBe(409);
      const invoice = await checkoutOf(body.id);
      btcpay.pay(invoice, '95.00');
      await notify('btcpay', btcpay.notification('InvoiceSettled', invoice));
      await untilStatus(body.id, 'credited');
      const { body: json } = await client.get(receipt);
      expect(json).toMatchObject({
        ...{ topUpId: body.id, tokens: '10000', package: 'studio', currency: 'EUR' },
        ...{ listPrice: '100.00', discount: '5.00', discountTier: 'volume-5', paid: '95.00' },
        buyer: { tenantId, name: `Tenant ${tenantId}` },
        payment: { provider: 'btcpay', id: invoice },
      });
      const text = await client.get(`${receipt}?format=text`);
      expect(text.body).toContain('95.00 EUR');
      const page = await client.get(`${receipt}?format=html`);
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(page.body).toContain('<td>95.00 EUR</td>');
    }));
});

describe('the low-balance alert', () => {
  const path = '/v1/balance/alert';
  const alert = { threshold: 500, webhookUrl: 'https://127.0.0.1:8443/low?key=secret' };

  test('is set, shown and cleared', () =>
    alone(async ({ client }) => {
      expect((await client.get(path)).status).toBe(404);
      const set = await client.call('PUT', path, alert);
      expect([set.status, set.body]).toEqual([200, alert]);
      expect((await client.get(path)).body).toEqual(alert);
      expect((await client.call('DELETE', path)).status).toBe(204);
      expect((await client.get(path)).status).toBe(404);
    }));

  test.each([
    ['threshold', { threshold: 0 }],
    ['webhookUrl', { webhookUrl: 'https://10.0.0.1/low' }],
    ['webhookUrl', { webhookUrl: 'ftp://studio.example.com/low' }],
  ])('with a wrong %s is refused', async (field, more) => {
    const { status, body } = await tenant.client.call('PUT', path, { ...alert, ...more });
    expect([status, body.error.field]).toEqual([400, field]);
  });
});

describe('lists', () => {
  test('go on by cursor, for tenants and for operators', () =>
    alone(async ({ client, id: tenantId }) => {
      for (let n = 0; n < 3; n += 1) await order('manual');
      await expect.poll(async () => (await client.get('/v1/top-ups')).body.topUps.length).toBe(3);
      const first = (await client.get('/v1/top-ups?limit=2')).body;
      const second = (await client.get(`/v1/top-ups?limit=2&cursor=${first.nextCursor}`)).body;
      expect([first.topUps.length, second.topUps.length, second.nextCursor]).toEqual([2, 1, null]);
      const all = await ada.get(`/admin/v1/top-ups?tenantId=${tenantId}&status=open`);
      expect(all.body.topUps).toHaveLength(3);
    }));
});
