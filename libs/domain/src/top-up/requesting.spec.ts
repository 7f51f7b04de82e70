import {
  checkoutOpened,
  eur,
  given,
  paymentConfirmed,
  topUpExpiresAt,
  topUpRequested,
  topUpTerms,
} from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { type RequestTopUp, topUp } from './index.js';

const request = (more: Partial<RequestTopUp> = {}): RequestTopUp => ({
  type: 'RequestTopUp',
  tenantId: 'ten_1',
  provider: 'btcpay',
  terms: topUpTerms,
  expiresAt: topUpExpiresAt,
  returnUrl: null,
  ...more,
});

describe('RequestTopUp', () => {
  test('freezes the terms', () => {
    given(topUp).when(request()).then(topUpRequested());
  });

  test('repeated, nothing happens, also when the price list has changed since', () => {
    const dearer = { ...topUpTerms, packagesVersion: '2026-12', price: eur(2_000n) };
    given(topUp, topUpRequested()).when(request()).thenNothingHappened();
    given(topUp, topUpRequested())
      .when(request({ terms: dearer }))
      .thenNothingHappened();
  });

  test.each([
    ['another package', { terms: { ...topUpTerms, packageId: 'studio' } }],
    ['another provider', { provider: 'stripe' }],
    ['another tenant', { tenantId: 'ten_2' }],
    [
      'another currency',
      { terms: { ...topUpTerms, price: { minorUnits: 1_000n, currency: 'USD' } } },
    ],
  ])('with %s under the same id is a conflict', (_what, more) => {
    given(topUp, topUpRequested()).when(request(more)).thenRejected('conflict');
  });

  test('of an amount set by hand is a repeat only when it is the same', () => {
    const terms = { ...topUpTerms, packageId: null, packagesVersion: null };
    given(topUp, topUpRequested('manual', terms))
      .when(request({ provider: 'manual', terms }))
      .thenNothingHappened();
    given(topUp, topUpRequested('manual', terms))
      .when(request({ provider: 'manual', terms: { ...terms, tokens: 2_000n } }))
      .thenRejected('conflict');
  });

  test('of nothing, or for nothing, is refused', () => {
    given(topUp)
      .when(request({ terms: { ...topUpTerms, tokens: 0n } }))
      .thenRejected('validation_error', 'tokens');
    given(topUp)
      .when(request({ terms: { ...topUpTerms, price: eur(0n) } }))
      .thenRejected('validation_error', 'price');
  });
});

describe('ExpireTopUp', () => {
  const expire = { type: 'ExpireTopUp', now: topUpExpiresAt } as const;
  const expired = { type: 'TopUpExpired', data: { reason: 'nothing was paid in time' } } as const;

  test('ends a top-up that nobody paid in time, once', () => {
    given(topUp, topUpRequested()).when(expire).then(expired);
    given(topUp, topUpRequested(), checkoutOpened).when(expire).then(expired);
    given(topUp, topUpRequested(), expired).when(expire).thenNothingHappened();
  });

  test('leaves alone what has time, or was paid', () => {
    given(topUp, topUpRequested())
      .when({ ...expire, now: '2026-01-15T09:59:59.999Z' })
      .thenNothingHappened();
    given(topUp, topUpRequested(), checkoutOpened, paymentConfirmed())
      .when(expire)
      .thenNothingHappened();
  });
});

describe('RecordCredit', () => {
  const credit = { type: 'RecordCredit', lotId: 'lot_1' } as const;

  test('says which lot the payment became, once', () => {
    const history = [topUpRequested(), checkoutOpened, paymentConfirmed()];
    const credited = { type: 'TokensCredited', data: { lotId: 'lot_1', tokens: 1_000n } } as const;
    given(topUp, ...history)
      .when(credit)
      .then(credited);
    given(topUp, ...history, credited)
      .when(credit)
      .thenNothingHappened();
    given(topUp, ...history)
      .when(credit)
      .thenState(({ status }) => expect(status).toBe('credited'));
  });

  test('is refused before the payment is confirmed', () => {
    given(topUp, topUpRequested(), checkoutOpened).when(credit).thenRejected('conflict');
  });
});
