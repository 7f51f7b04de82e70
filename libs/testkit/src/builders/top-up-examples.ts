import type { EventOf, EventType } from '@imprest/event-catalogue';
import * as id from './identifiers.js';

type ExampleData = { readonly [Type in EventType]: EventOf<Type>['data'] };

const price = { minorUnits: 44_100n, currency: 'EUR' };
const payment = { paymentId: 'pi_3Ff7c2Kq', received: price };
const refund = { minorUnits: 4_410n, currency: 'EUR' };

/** A top-up of 50,000 tokens at a discount of a tenth, and the alert that led to it. */
export const topUpExamples = {
  TopUpRequested: {
    tenantId: id.tenantId,
    provider: 'stripe',
    terms: {
      packageId: 'studio',
      packagesVersion: '2026-11',
      tokens: 50_000n,
      listPrice: { minorUnits: 49_000n, currency: 'EUR' },
      price,
      discountTier: 'volume-10',
    },
    expiresAt: '2026-01-15T10:00:00.000Z',
    returnUrl: 'https://studio.example.com/account',
  },
  CheckoutOpened: {
    checkoutId: 'cs_test_a1B2c3D4',
    url: 'https://checkout.stripe.com/c/pay/cs_test_a1B2c3D4',
    expiresAt: '2026-01-15T10:00:00.000Z',
  },
  PaymentSeen: payment,
  PaymentConfirmed: payment,
  PutUnderReview: { cause: 'late', ...payment },
  CreditProposed: { operator: 'ada', tokens: 50_000n, reason: 'transfer 2026-0042 arrived' },
  ReviewDecided: {
    decision: 'credit',
    tokens: 50_000n,
    paid: price,
    operators: ['ada', 'grace'],
    reason: 'seen on the bank statement',
  },
  TokensCredited: { lotId: 'lot_5v8r1c0x3z6q9w2e4t7y0u1i2o', tokens: 50_000n },
  TopUpExpired: { reason: 'nothing was paid in time' },
  TopUpFailed: { reason: 'stripe says that the payment failed' },
  RefundRequested: {
    requestId: 'ref_01kf0ah03e4j5k7x1bncpdqerf',
    amount: refund,
    operator: 'ada',
    reason: 'ordered twice',
  },
  RefundFailed: {
    requestId: 'ref_01kf0ah03e4j5k7x1bncpdqerf',
    reason: 'the charge is refunded already',
  },
  PaymentRefunded: {
    refundId: 're_3Ff7c2Kq',
    requestId: 'ref_01kf0ah03e4j5k7x1bncpdqerf',
    amount: refund,
    tokens: 5_000n,
  },
  PaymentDisputed: {
    disputeId: 'dp_1Ff7d9',
    amount: price,
    tokens: 50_000n,
    reason: 'fraudulent',
  },
  DisputeWon: { disputeId: 'dp_1Ff7d9', amount: price, tokens: 50_000n },
  DisputeLost: { disputeId: 'dp_1Ff7d9' },
  BalanceAlertSet: {
    threshold: 500n,
    target: { sealed: 'v1.YSBVUkwsIHNlYWxlZA==', dataKeyId: id.dataKeyId },
  },
  BalanceAlertCleared: {},
  BalanceFellLow: { crossing: 1, available: 480n, threshold: 500n, accountRevision: 4_211 },
  BalanceRecovered: { available: 50_480n, accountRevision: 4_215 },
} satisfies Partial<ExampleData>;
