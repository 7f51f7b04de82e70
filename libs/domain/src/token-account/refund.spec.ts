import {
  accountOpened,
  allocationsOf,
  given,
  tokensGranted,
  tokensHeld,
  tokensPurchased,
} from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { type RefundTokens, type TokensRefunded, tokenAccount } from './index.js';

const captured = allocationsOf({ gift: 10n, paid: 20n, more: 5n });

const settled = [
  accountOpened,
  tokensGranted('gift', 10n, '2026-01-20T00:00:00.000Z'),
  tokensPurchased('paid', 20n),
  tokensPurchased('more', 20n),
  tokensHeld('g1', { gift: 10n, paid: 20n, more: 10n }),
  {
    type: 'HoldSettled',
    data: { generationId: 'g1', captured, released: allocationsOf({ more: 5n }) },
  },
] as const;

const refund = (tokens: bigint, refundId = 'r1'): RefundTokens => ({
  type: 'RefundTokens',
  refundId,
  generationId: 'g1',
  tokens,
  captured,
  reason: 'a seam in the sky',
});

const refunded = (lots: Record<string, bigint>, refundId = 'r1'): TokensRefunded => ({
  type: 'TokensRefunded',
  data: {
    refundId,
    generationId: 'g1',
    allocations: allocationsOf(lots),
    reason: 'a seam in the sky',
  },
});

describe('RefundTokens', () => {
  test('gives back what was drawn last first', () => {
    given(tokenAccount, ...settled)
      .when(refund(12n))
      .then(refunded({ more: 5n, paid: 7n }));
  });

  test('gives back everything that was captured', () => {
    given(tokenAccount, ...settled)
      .when(refund(35n))
      .then(refunded({ more: 5n, paid: 20n, gift: 10n }));
    given(tokenAccount, ...settled)
      .when(refund(35n))
      .thenState((state) => expect(state.available).toBe(50n));
  });

  test('goes on where the refund before stopped', () => {
    given(tokenAccount, ...settled, refunded({ more: 5n, paid: 7n }))
      .when(refund(15n, 'r2'))
      .then(refunded({ paid: 13n, gift: 2n }, 'r2'));
  });

  test('of more than was captured is refused', () => {
    given(tokenAccount, ...settled)
      .when(refund(36n))
      .thenRejected('validation_error', {
        field: 'tokens',
        message: 'tokens must be 1 to the 35 tokens still captured',
      });
  });

  test('of more than is left after the refund before is refused', () => {
    given(tokenAccount, ...settled, refunded({ more: 5n, paid: 7n }))
      .when(refund(24n, 'r2'))
      .thenRejected('validation_error', 'tokens');
  });

  test.each([0n, -1n])('of %s tokens is refused', (tokens) => {
    given(tokenAccount, ...settled)
      .when(refund(tokens))
      .thenRejected('validation_error', 'tokens');
  });

  test('of a generation that was never captured is refused', () => {
    given(tokenAccount, ...settled)
      .when({ ...refund(1n), captured: [] })
      .thenRejected('validation_error', 'tokens');
  });

  test('that names a lot of another account is refused', () => {
    given(tokenAccount, ...settled)
      .when({ ...refund(1n), captured: allocationsOf({ foreign: 10n }) })
      .thenRejected('validation_error', 'captured');
  });

  test('repeated, nothing happens', () => {
    given(tokenAccount, ...settled, refunded({ more: 5n, paid: 7n }))
      .when(refund(12n))
      .thenNothingHappened();
  });

  test('repeated when nothing is left to refund, nothing happens', () => {
    given(tokenAccount, ...settled, refunded({ more: 5n, paid: 20n, gift: 10n }))
      .when(refund(35n))
      .thenNothingHappened();
  });

  test('to an expired lot expires there at once', () => {
    given(tokenAccount, ...settled, { type: 'LotExpired', data: { lotId: 'gift', tokens: 0n } })
      .when(refund(30n))
      .then(refunded({ more: 5n, paid: 20n, gift: 5n }), {
        type: 'LotExpired',
        data: { lotId: 'gift', tokens: 5n },
      });
  });
});
