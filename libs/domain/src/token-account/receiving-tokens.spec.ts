import { accountOpened, given, tokensGranted, tokensPurchased } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { type GrantTokens, type PurchaseTokens, tokenAccount } from './index.js';

const now = '2026-01-15T09:00:00.000Z';
const later = '2026-02-15T00:00:00.000Z';

const purchase: PurchaseTokens = {
  type: 'PurchaseTokens',
  lotId: 'paid',
  tokens: 100n,
  paid: { minorUnits: 100n, currency: 'USD' },
  paymentId: 'pay_paid',
};

const grant: GrantTokens = {
  type: 'GrantTokens',
  lotId: 'gift',
  tokens: 50n,
  reason: 'welcome',
  expiresAt: later,
  now,
};

describe('OpenAccount', () => {
  const open = { type: 'OpenAccount', tenantId: accountOpened.data.tenantId } as const;

  test('opens the account', () => {
    given(tokenAccount).when(open).then(accountOpened);
  });

  test('repeated, nothing happens', () => {
    given(tokenAccount, accountOpened).when(open).thenNothingHappened();
  });
});

describe('PurchaseTokens', () => {
  test('brings in a lot that carries what was paid', () => {
    given(tokenAccount, accountOpened).when(purchase).then(tokensPurchased('paid', 100n));
  });

  test('a lot may be free of charge', () => {
    given(tokenAccount, accountOpened)
      .when({ ...purchase, paid: { minorUnits: 0n, currency: 'USD' } })
      .thenState((state) => expect(state.available).toBe(100n));
  });

  test('is refused before the account is open', () => {
    given(tokenAccount)
      .when(purchase)
      .thenRejected('not_found', { message: 'the account is not open' });
  });

  test.each([0n, -1n])('of %s tokens is refused', (tokens) => {
    given(tokenAccount, accountOpened)
      .when({ ...purchase, tokens })
      .thenRejected('validation_error', 'tokens');
  });

  test('with a negative payment is refused', () => {
    given(tokenAccount, accountOpened)
      .when({ ...purchase, paid: { minorUnits: -1n, currency: 'USD' } })
      .thenRejected('validation_error', 'paid.minorUnits');
  });

  test('repeated, nothing happens', () => {
    given(tokenAccount, accountOpened, tokensPurchased('paid', 100n))
      .when(purchase)
      .thenNothingHappened();
  });

  test('of a known lot with other tokens is a conflict', () => {
    given(tokenAccount, accountOpened, tokensPurchased('paid', 90n))
      .when(purchase)
      .thenRejected('conflict', { message: 'lot paid came in before as 90 purchased' });
  });

  test('under the id of a grant is a conflict, or paid tokens would be taken for a gift', () => {
    given(tokenAccount, accountOpened, tokensGranted('paid', 100n))
      .when(purchase)
      .thenRejected('conflict', { message: 'lot paid came in before as 100 promotional' });
  });

  test('reaches a frozen account', () => {
    given(tokenAccount, accountOpened, { type: 'AccountFrozen', data: { reason: 'review' } })
      .when(purchase)
      .then(tokensPurchased('paid', 100n));
  });
});

describe('GrantTokens', () => {
  test('brings in a promotional lot', () => {
    given(tokenAccount, accountOpened)
      .when(grant)
      .then(tokensGranted('gift', 50n, later));
  });

  test('may never expire', () => {
    given(tokenAccount, accountOpened)
      .when({ ...grant, expiresAt: null })
      .then(tokensGranted('gift', 50n));
  });

  test('is refused before the account is open', () => {
    given(tokenAccount).when(grant).thenRejected('not_found');
  });

  test('of no tokens is refused', () => {
    given(tokenAccount, accountOpened)
      .when({ ...grant, tokens: 0n })
      .thenRejected('validation_error', 'tokens');
  });

  test.each([now, '2026-01-14T00:00:00.000Z'])('that expires at %s is refused', (expiresAt) => {
    given(tokenAccount, accountOpened)
      .when({ ...grant, expiresAt })
      .thenRejected('validation_error', {
        field: 'expiresAt',
        message: 'expiresAt must be in the future',
      });
  });

  test.each([
    '2026-02-15',
    '2026-02-15T00:00:00Z',
    '2026-02-15T02:00:00.000+02:00',
    '2026-13-45T99:99:99.999Z',
    'next spring',
    '+010000-01-01T00:00:00.000Z',
  ])('with the expiry %s is refused: as text it would not sort by time', (expiresAt) => {
    given(tokenAccount, accountOpened)
      .when({ ...grant, expiresAt })
      .thenRejected('validation_error', 'expiresAt');
  });

  test('repeated, nothing happens', () => {
    given(tokenAccount, accountOpened, tokensGranted('gift', 50n, later))
      .when(grant)
      .thenNothingHappened();
  });

  test('repeated after its expiry, nothing happens', () => {
    given(tokenAccount, accountOpened, tokensGranted('gift', 50n, later), {
      type: 'LotExpired',
      data: { lotId: 'gift', tokens: 50n },
    })
      .when({ ...grant, now: '2026-03-01T00:00:00.000Z' })
      .thenNothingHappened();
  });

  test('of a known lot with other tokens is a conflict', () => {
    given(tokenAccount, accountOpened, tokensGranted('gift', 40n, later))
      .when(grant)
      .thenRejected('conflict');
  });
});
