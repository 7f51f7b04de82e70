import {
  type CheckoutRequest,
  ForgedNotification,
  type ObservedPayment,
  type PaymentProvider,
  PaymentProviderUnavailable,
  PaymentRefused,
} from '@imprest/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eur } from '../builders/index.js';
import type { SignedNotification } from '../payments/index.js';

/** The world around a provider: who pays, and whoever else does something to a payment. */
export interface PaymentWorld {
  readonly provider: PaymentProvider;
  readonly now: Date;
  /** Undefined for a provider that no program can watch. */
  readonly watched?: {
    /** Pays the price; it is certain at once. */
    pay(checkoutId: string): void;
    /** Time passes until the checkout ends unpaid. */
    expire(checkoutId: string): void;
    /** What the provider sends after the last thing that happened to the checkout. */
    notification(checkoutId: string, deliveryId: string, secret?: string): SignedNotification;
    /** Nothing answers any more. */
    fail(): void;
  };
  close(): Promise<void>;
}

const request = (more: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
  topUpId: 'top_01kf0ah03e4j5k7x1bncpdqerf',
  amount: eur(1_000n),
  description: '1000 tokens for 10.00 EUR',
  expiresAt: '2026-01-15T10:00:00.000Z',
  returnUrl: 'https://studio.example.com/account',
  ...more,
});

async function listed(provider: PaymentProvider, since: Date): Promise<ObservedPayment[]> {
  const found: ObservedPayment[] = [];
  for await (const observed of provider.list(since)) found.push(observed);
  return found;
}

/** Binds an adapter: `open` gives a fresh world at 2026-01-15T09:00:00.000Z. */
export function paymentProviderConformance(name: string, open: () => Promise<PaymentWorld>): void {
  describe(`${name} as a PaymentProvider`, () => {
    let world: PaymentWorld;
    let provider: PaymentProvider;

    beforeEach(async () => {
      world = await open();
      provider = world.provider;
    });
    afterEach(() => world.close());

    const paid = async (more: Partial<CheckoutRequest> = {}) => {
      const { checkoutId } = await provider.openCheckout(request(more));
      world.watched?.pay(checkoutId);
      return checkoutId;
    };
    const observed = async (subject: string) => (await provider.fetch(subject))?.observation;
    const refundOf = async (checkoutId: string, requestId: string, minorUnits: bigint) => {
      const paymentId = (await observed(checkoutId))?.payment?.id ?? '';
      const amount = eur(minorUnits);
      return provider.refund({ requestId, checkoutId, paymentId, amount, reason: 'ordered twice' });
    };

    test('opens one checkout for a top-up, however often it is asked for', async () => {
      const first = await provider.openCheckout(request());
      expect(await provider.openCheckout(request())).toEqual(first);
      const other = await provider.openCheckout(request({ topUpId: 'top_other' }));
      expect(other.checkoutId).not.toBe(first.checkoutId);
      expect(first.expiresAt >= request().expiresAt).toBe(true);
      if (world.watched !== undefined) expect(first.url).toMatch(/^https?:\/\//);
    });

    test('knows nothing of a payment that is not there', async () => {
      expect(await provider.fetch('unknown')).toBeUndefined();
    });

    test('tells an unpaid checkout as open, with the top-up it is for', async () => {
      if (world.watched === undefined) return;
      const { checkoutId, url, expiresAt } = await provider.openCheckout(request());
      expect(await provider.fetch(checkoutId)).toEqual({
        topUpId: request().topUpId,
        observation: {
          ...{ checkoutId, url, expiresAt, status: 'open' },
          ...{ payment: null, irregularity: null, refunds: [], disputes: [] },
        },
      });
    });

    test('tells exactly the price of a paid one', async () => {
      if (world.watched === undefined) return;
      const observation = await observed(await paid());
      expect(observation?.status).toBe('settled');
      expect(observation?.payment?.received).toEqual(eur(1_000n));
      expect(observation?.irregularity).toBeNull();
    });

    test('tells one that nobody paid as expired', async () => {
      if (world.watched === undefined) return;
      const { checkoutId } = await provider.openCheckout(request());
      world.watched.expire(checkoutId);
      expect(await observed(checkoutId)).toMatchObject({ status: 'expired', payment: null });
    });

    test('is led by a notification to what it is about', async () => {
      const checkoutId = await paid();
      const sent = world.watched?.notification(checkoutId, 'delivery_1');
      if (sent === undefined) return;
      const { subject } = provider.readNotification(sent.body, sent.headers, world.now);
      expect((await observed(subject ?? ''))?.checkoutId).toBe(checkoutId);
    });

    test('tells deliveries of one notification by their id', async () => {
      const checkoutId = await paid();
      const ids = ['delivery_1', 'delivery_1', 'delivery_2'].flatMap((deliveryId) => {
        const sent = world.watched?.notification(checkoutId, deliveryId);
        if (sent === undefined) return [];
        return provider.readNotification(sent.body, sent.headers, world.now).deliveryId;
      });
      expect(ids[0]).toBe(ids[1]);
      expect(new Set(ids).size).toBe(world.watched === undefined ? 0 : 2);
    });

    test('takes no notification that it cannot be sure of', async () => {
      const checkoutId = await paid();
      const right = world.watched?.notification(checkoutId, 'delivery_1');
      const wrong = world.watched?.notification(checkoutId, 'delivery_1', 'another secret');
      const body = right?.body ?? Buffer.from('{}');
      const headers = right?.headers ?? {};
      const altered = Buffer.from(body.toString().replace('delivery_1', 'delivery_2'));
      const forgeries = [
        [body, {}],
        [altered.equals(body) ? Buffer.from('[]') : altered, headers],
        [Buffer.concat([body, Buffer.from(' ')]), headers],
        [wrong?.body ?? body, wrong?.headers ?? {}],
        ...Object.keys(headers).flatMap((header) => [
          [body, { ...headers, [header]: '' }],
          [body, { ...headers, [header]: 'sha256=' }],
          [body, { ...headers, [header]: [headers[header], headers[header]] }],
        ]),
      ] as const;
      for (const [forged, given] of forgeries) {
        expect(() =>
          provider.readNotification(
            forged as Buffer,
            given as Readonly<Record<string, string>>,
            world.now,
          ),
        ).toThrow(ForgedNotification);
      }
    });

    test('lists what happened since then, each payment once', async () => {
      if (world.watched === undefined) {
        expect(await listed(provider, new Date(0))).toEqual([]);
        return;
      }
      const ids = [await paid(), await paid({ topUpId: 'top_2' })];
      const since = new Date(world.now.getTime() - 1_000);
      const found = await listed(provider, since);
      expect(found.map(({ observation }) => observation.checkoutId).sort()).toEqual(ids.sort());
      expect(found.every(({ observation }) => observation.status === 'settled')).toBe(true);
      expect(await listed(provider, new Date(world.now.getTime() + 60_000))).toEqual([]);
    });

    test('makes one refund of one name', async () => {
      const checkoutId = await paid();
      const first = await refundOf(checkoutId, 'ref_1', 400n);
      expect(await refundOf(checkoutId, 'ref_1', 400n)).toEqual(first);
      expect(await refundOf(checkoutId, 'ref_2', 100n)).not.toEqual(first);
    });

    test('says that it cannot be reached', async () => {
      if (world.watched === undefined) return;
      const checkoutId = await paid();
      world.watched.fail();
      const calls = [
        () => provider.openCheckout(request({ topUpId: 'top_2' })),
        () => provider.fetch(checkoutId),
        () =>
          provider.refund({
            ...{ requestId: 'ref_1', checkoutId, paymentId: 'pay_1' },
            ...{ amount: eur(1n), reason: 'ordered twice' },
          }),
        () => listed(provider, new Date(0)),
      ];
      for (const call of calls) await expect(call()).rejects.toThrow(PaymentProviderUnavailable);
    });

    test('says that it refuses what it will never do', async () => {
      if (world.watched === undefined) return;
      const order = { requestId: 'ref_1', paymentId: 'pi_unknown', amount: eur(1n) };
      const { checkoutId } = await provider.openCheckout(request());
      const refund = provider.refund({ ...order, checkoutId, reason: 'ordered twice' });
      await expect(refund).rejects.toThrow(PaymentRefused);
    });
  });
}
