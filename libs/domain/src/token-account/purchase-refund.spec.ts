import {
  accountOpened,
  given,
  tokensGranted,
  tokensHeld,
  tokensPurchased,
} from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { type RefundPurchase, tokenAccount } from './index.js';

const lots = [accountOpened, tokensGranted('gift', 10n), tokensPurchased('paid', 100n)];

const refund = (tokens: bigint, lotId = 'paid', purchaseRefundId = 'p1'): RefundPurchase => ({
  type: 'RefundPurchase',
  purchaseRefundId,
  lotId,
  tokens,
  reason: 'ordered twice',
});

const refunded = (tokens: bigint) =>
  ({
    type: 'PurchaseRefunded',
    data: { purchaseRefundId: 'p1', lotId: 'paid', tokens, reason: 'ordered twice' },
  }) as const;

describe('RefundPurchase', () => {
  test('takes unused tokens out of the lot whose money goes back', () => {
    given(tokenAccount, ...lots)
      .when(refund(100n))
      .then(refunded(100n));
  });

  test('twice is once', () => {
    given(tokenAccount, ...lots, refunded(60n))
      .when(refund(60n))
      .thenNothingHappened();
  });

  test('never takes what is held or used: an account is not overdrawn by giving money back', () => {
    given(tokenAccount, ...lots, tokensHeld('g1', { paid: 30n }))
      .when(refund(71n))
      .thenRejected('validation_error');
  });

  test.each(['gift', 'unknown'])('of the lot %s, which nobody paid for, is refused', (lotId) => {
    given(tokenAccount, ...lots)
      .when(refund(5n, lotId))
      .thenRejected('not_found');
  });

  test('leaves less for a charge-back to take', () => {
    const chargeBack = { chargeBackId: 'c1', lotId: 'paid', reason: 'disputed' };
    given(tokenAccount, ...lots, refunded(60n))
      .when({ type: 'ChargeBack', ...chargeBack, tokens: 41n })
      .thenRejected('validation_error');
  });

  test('leaves the lot and the account with the rest', () => {
    given(tokenAccount, ...lots)
      .when(refund(60n))
      .thenState((state) => {
        expect(state.lots.get('paid')).toMatchObject({ available: 40n, repaid: 60n });
        expect(state.available).toBe(50n);
      });
  });
});
