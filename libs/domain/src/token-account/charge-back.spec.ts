import {
  accountOpened,
  given,
  priceOf,
  tokensGranted,
  tokensHeld,
  tokensPurchased,
} from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { type ChargeBack, type HoldTokens, tokenAccount } from './index.js';

const lots = [
  accountOpened,
  tokensGranted('gift', 10n),
  tokensPurchased('disputed', 100n),
  tokensPurchased('good', 50n),
];

const chargeBack = (tokens: bigint, chargeBackId = 'c1', lotId = 'disputed'): ChargeBack => ({
  type: 'ChargeBack',
  chargeBackId,
  lotId,
  tokens,
  reason: 'disputed',
});

const chargedBack = (tokens: bigint, chargeBackId = 'c1') =>
  ({
    type: 'ChargedBack',
    data: { chargeBackId, lotId: 'disputed', tokens, reason: 'disputed' },
  }) as const;

const frozen = { type: 'AccountFrozen', data: { reason: 'charge-back: disputed' } } as const;
const unfrozen = { type: 'AccountUnfrozen', data: { reason: 'settled by transfer' } } as const;

const hold = (tokens: bigint): HoldTokens => ({
  type: 'HoldTokens',
  generationId: 'g1',
  price: priceOf(tokens),
  now: '2026-01-15T09:00:00.000Z',
});

describe('ChargeBack', () => {
  test('takes the tokens of the disputed purchase and freezes the account', () => {
    given(tokenAccount, ...lots)
      .when(chargeBack(100n))
      .then(chargedBack(100n), frozen);
  });

  test('may leave the account below zero, the only thing that can', () => {
    given(tokenAccount, ...lots, tokensHeld('g0', { gift: 10n, disputed: 100n, good: 20n }))
      .when(chargeBack(100n))
      .thenState((state) => {
        expect(state.lots.get('disputed')?.available).toBe(-100n);
        expect([state.available, state.held]).toEqual([-70n, 130n]);
        expect(state.frozen).toBe('charge-back: disputed');
      });
  });

  test('leaves an account that is frozen already frozen for its first reason', () => {
    const review = { type: 'AccountFrozen', data: { reason: 'review' } } as const;
    given(tokenAccount, ...lots, review)
      .when(chargeBack(100n))
      .then(chargedBack(100n));
    given(tokenAccount, ...lots, review)
      .when(chargeBack(100n))
      .thenState((state) => expect(state.frozen).toBe('review'));
  });

  test('repeated, nothing happens, also after the account was unfrozen', () => {
    given(tokenAccount, ...lots, chargedBack(100n), frozen)
      .when(chargeBack(100n))
      .thenNothingHappened();
    given(tokenAccount, ...lots, chargedBack(100n), frozen, unfrozen)
      .when(chargeBack(100n))
      .thenNothingHappened();
  });

  test('in parts ends at what the lot began with', () => {
    given(tokenAccount, ...lots, chargedBack(60n), frozen)
      .when(chargeBack(40n, 'c2'))
      .then(chargedBack(40n, 'c2'));
    given(tokenAccount, ...lots, chargedBack(60n), frozen)
      .when(chargeBack(41n, 'c2'))
      .thenRejected('validation_error', {
        field: 'tokens',
        message: 'tokens must be 1 to the 40 of the lot not charged back yet',
      });
  });

  test.each([0n, -1n, 101n])('of %s out of a lot of 100 is refused', (tokens) => {
    given(tokenAccount, ...lots)
      .when(chargeBack(tokens))
      .thenRejected('validation_error', 'tokens');
  });

  test.each(['gift', 'unknown'])('of %s, which is no purchase, is refused', (lotId) => {
    given(tokenAccount, ...lots)
      .when(chargeBack(1n, 'c1', lotId))
      .thenRejected('not_found');
  });
});

describe('after a charge-back', () => {
  const after = [
    ...lots,
    tokensHeld('g0', { gift: 10n, disputed: 30n }),
    chargedBack(100n),
    frozen,
  ];

  test('holds are refused', () => {
    given(tokenAccount, ...after)
      .when(hold(1n))
      .thenRejected('forbidden', { message: 'the account is frozen: charge-back: disputed' });
  });

  test('an open hold still settles and releases', () => {
    given(tokenAccount, ...after)
      .when({ type: 'SettleHold', generationId: 'g0', capture: 40n })
      .thenState((state) => expect([state.available, state.held]).toEqual([20n, 0n]));
    given(tokenAccount, ...after)
      .when({ type: 'ReleaseHold', generationId: 'g0', reason: 'failed' })
      .thenState((state) => expect([state.available, state.held]).toEqual([60n, 0n]));
  });

  test('once unfrozen, a lot below zero is not made up for by overdrawing the others', () => {
    given(tokenAccount, ...after, unfrozen)
      .when(hold(20n))
      .then(tokensHeld('g1', { good: 20n }));
    given(tokenAccount, ...after, unfrozen)
      .when(hold(21n))
      .thenRejected('insufficient_balance', { details: { balance: 20, required: 21 } });
  });

  test('once unfrozen, an account below zero holds not even what is free', () => {
    given(tokenAccount, ...after, tokensHeld('g2', { good: 50n }), unfrozen)
      .when(hold(0n))
      .thenRejected('insufficient_balance', { details: { balance: -30, required: 0 } });
  });
});

describe('FreezeAccount and UnfreezeAccount', () => {
  const freeze = { type: 'FreezeAccount', reason: 'review' } as const;
  const unfreeze = { type: 'UnfreezeAccount', reason: 'cleared' } as const;
  const review = { type: 'AccountFrozen', data: { reason: 'review' } } as const;

  test('freeze an open account, once', () => {
    given(tokenAccount, accountOpened).when(freeze).then(review);
    given(tokenAccount, accountOpened, review).when(freeze).thenNothingHappened();
  });

  test('freeze no account that is not open', () => {
    given(tokenAccount).when(freeze).thenRejected('not_found');
  });

  test('unfreeze a frozen account, once', () => {
    const cleared = { type: 'AccountUnfrozen', data: { reason: 'cleared' } } as const;
    given(tokenAccount, accountOpened, review).when(unfreeze).then(cleared);
    given(tokenAccount, accountOpened, review, cleared).when(unfreeze).thenNothingHappened();
  });

  test('let holds through again', () => {
    given(tokenAccount, ...lots, review, unfrozen)
      .when(hold(10n))
      .then(tokensHeld('g1', { gift: 10n }));
  });
});
