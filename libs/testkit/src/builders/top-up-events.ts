import type {
  CheckoutOpened,
  Money,
  PaymentConfirmed,
  PaymentObservation,
  TopUpRequested,
  TopUpTerms,
} from '@imprest/domain';

export const eur = (minorUnits: bigint): Money => ({ minorUnits, currency: 'EUR' });

/** 1,000 tokens for 10 EUR. */
export const topUpTerms: TopUpTerms = {
  packageId: 'starter',
  packagesVersion: '2026-11',
  tokens: 1_000n,
  listPrice: eur(1_000n),
  price: eur(1_000n),
  discountTier: null,
};

export const topUpExpiresAt = '2026-01-15T10:00:00.000Z';

export const topUpRequested = (provider = 'btcpay', terms = topUpTerms): TopUpRequested => ({
  type: 'TopUpRequested',
  data: { tenantId: 'ten_1', provider, terms, expiresAt: topUpExpiresAt, returnUrl: null },
});

export const checkoutOpened: CheckoutOpened = {
  type: 'CheckoutOpened',
  data: {
    checkoutId: 'inv_1',
    url: 'https://pay.example.com/inv_1',
    expiresAt: topUpExpiresAt,
  },
};

export const paymentConfirmed = (minorUnits = 1_000n): PaymentConfirmed => ({
  type: 'PaymentConfirmed',
  data: { paymentId: 'inv_1', received: eur(minorUnits) },
});

/** The checkout of `checkoutOpened`, as its provider sees it. */
export function observationOf(more: Partial<PaymentObservation> = {}): PaymentObservation {
  const { checkoutId, url, expiresAt } = checkoutOpened.data;
  const nothing = { payment: null, irregularity: null, refunds: [], disputes: [] };
  return { checkoutId, url, expiresAt, status: 'open', ...nothing, ...more };
}
