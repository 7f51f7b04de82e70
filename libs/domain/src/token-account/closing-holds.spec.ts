import {
  accountOpened,
  allocationsOf,
  given,
  tokensGranted,
  tokensHeld,
  tokensPurchased,
} from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { type ReleaseHold, type SettleHold, tokenAccount } from './index.js';

const expiry = '2026-01-20T00:00:00.000Z';

const held = [
  accountOpened,
  tokensGranted('gift', 10n, expiry),
  tokensPurchased('paid', 100n),
  tokensHeld('g1', { gift: 10n, paid: 30n }),
];

const settle = (capture: bigint, generationId = 'g1'): SettleHold => ({
  type: 'SettleHold',
  generationId,
  capture,
});

const release: ReleaseHold = { type: 'ReleaseHold', generationId: 'g1', reason: 'cancelled' };

const settled = {
  type: 'HoldSettled',
  data: {
    generationId: 'g1',
    captured: allocationsOf({ gift: 10n, paid: 20n }),
    released: allocationsOf({ paid: 10n }),
  },
} as const;

const released = {
  type: 'HoldReleased',
  data: {
    generationId: 'g1',
    released: allocationsOf({ gift: 10n, paid: 30n }),
    reason: 'cancelled',
  },
} as const;

describe('SettleHold', () => {
  test('captures the whole hold', () => {
    given(tokenAccount, ...held)
      .when(settle(40n))
      .then({
        type: 'HoldSettled',
        data: {
          generationId: 'g1',
          captured: allocationsOf({ gift: 10n, paid: 30n }),
          released: [],
        },
      });
  });

  test('captures what was drawn first and gives the tail back to the very lots', () => {
    given(tokenAccount, ...held)
      .when(settle(30n))
      .then(settled);
    given(tokenAccount, ...held)
      .when(settle(30n))
      .thenState((state) => {
        expect(state.lots.get('gift')?.available).toBe(0n);
        expect(state.lots.get('paid')?.available).toBe(80n);
        expect([state.available, state.held, state.holds.size]).toEqual([80n, 0n, 0]);
      });
  });

  test('splits a lot in the middle', () => {
    given(tokenAccount, ...held)
      .when(settle(4n))
      .then({
        type: 'HoldSettled',
        data: {
          generationId: 'g1',
          captured: allocationsOf({ gift: 4n }),
          released: allocationsOf({ gift: 6n, paid: 30n }),
        },
      });
  });

  test('of nothing releases all', () => {
    given(tokenAccount, ...held)
      .when(settle(0n))
      .then({ type: 'HoldReleased', data: { ...released.data, reason: 'nothing was made' } });
  });

  test('of a hold of nothing settles it', () => {
    given(tokenAccount, accountOpened, tokensHeld('free', {}))
      .when(settle(0n, 'free'))
      .then({ type: 'HoldSettled', data: { generationId: 'free', captured: [], released: [] } });
  });

  test.each([-1n, 41n])('of %s out of 40 held is refused', (capture) => {
    given(tokenAccount, ...held)
      .when(settle(capture))
      .thenRejected('validation_error', 'capture');
  });

  test('repeated, nothing happens', () => {
    given(tokenAccount, ...held, settled)
      .when(settle(30n))
      .thenNothingHappened();
  });

  test('after a release changes nothing: the hold is closed', () => {
    given(tokenAccount, ...held, released)
      .when(settle(40n))
      .thenNothingHappened();
  });

  test('without a hold changes nothing', () => {
    given(tokenAccount, ...held)
      .when(settle(40n, 'unknown'))
      .thenNothingHappened();
  });

  test('reaches a frozen account', () => {
    given(tokenAccount, ...held, { type: 'AccountFrozen', data: { reason: 'review' } })
      .when(settle(30n))
      .then(settled);
  });
});

describe('ReleaseHold', () => {
  test('gives everything back to the very lots', () => {
    given(tokenAccount, ...held)
      .when(release)
      .then(released);
    given(tokenAccount, ...held)
      .when(release)
      .thenState((state) => {
        expect(state.lots.get('gift')?.available).toBe(10n);
        expect(state.lots.get('paid')?.available).toBe(100n);
        expect([state.available, state.held]).toEqual([110n, 0n]);
      });
  });

  test('of a hold of nothing closes it', () => {
    given(tokenAccount, accountOpened, tokensHeld('free', {}))
      .when({ ...release, generationId: 'free' })
      .then({
        type: 'HoldReleased',
        data: { generationId: 'free', released: [], reason: 'cancelled' },
      });
  });

  test('repeated, nothing happens', () => {
    given(tokenAccount, ...held, released)
      .when(release)
      .thenNothingHappened();
  });

  test('after a settlement changes nothing: what was earned stays earned', () => {
    given(tokenAccount, ...held, settled)
      .when(release)
      .thenNothingHappened();
  });

  test('without a hold changes nothing', () => {
    given(tokenAccount).when(release).thenNothingHappened();
  });
});

describe('tokens that come back to an expired lot', () => {
  const expired = [...held, { type: 'LotExpired', data: { lotId: 'gift', tokens: 0n } } as const];

  test('expire at once when released', () => {
    given(tokenAccount, ...expired)
      .when(release)
      .then(released, { type: 'LotExpired', data: { lotId: 'gift', tokens: 10n } });
    given(tokenAccount, ...expired)
      .when(release)
      .thenState((state) => expect(state.available).toBe(100n));
  });

  test('expire at once when a settlement leaves some', () => {
    given(tokenAccount, ...expired)
      .when(settle(4n))
      .then(
        {
          type: 'HoldSettled',
          data: {
            generationId: 'g1',
            captured: allocationsOf({ gift: 4n }),
            released: allocationsOf({ gift: 6n, paid: 30n }),
          },
        },
        { type: 'LotExpired', data: { lotId: 'gift', tokens: 6n } },
      );
  });

  test('do not expire when all of them were captured', () => {
    given(tokenAccount, ...expired)
      .when(settle(30n))
      .then(settled);
  });
});

test('a history that closes a hold twice is refused when folded', () => {
  expect(() =>
    given(tokenAccount, ...held, released, settled).when({ type: 'ExpireLots', now: expiry }),
  ).toThrow('history closes hold g1, which is not open');
});

test('a history that names an unknown lot is refused when folded', () => {
  expect(() =>
    given(tokenAccount, accountOpened, tokensHeld('g1', { ghost: 1n })).when(release),
  ).toThrow('history names lot ghost, which never came in');
});
