import {
  accountOpened,
  given,
  priceOf,
  priceQuote,
  tokensGranted,
  tokensHeld,
  tokensPurchased,
} from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { fold } from '../shared/decider.js';
import { CLOSED_HOLDS_REMEMBERED } from './closed-holds.js';
import { drawableTokens, type HoldTokens, tokenAccount } from './index.js';

const now = '2026-01-15T09:00:00.000Z';
const sooner = '2026-01-20T00:00:00.000Z';
const later = '2026-02-20T00:00:00.000Z';

function hold(generationId: string, tokens: bigint, at = now): HoldTokens {
  return { type: 'HoldTokens', generationId, price: priceOf(tokens), now: at };
}

const opened = [accountOpened, tokensPurchased('paid', 100n)];

describe('HoldTokens', () => {
  test('takes the price out of what is available and freezes the quote in the hold', () => {
    const price = priceQuote({ images: 4, perImage: 10n });
    given(tokenAccount, ...opened)
      .when({ ...hold('g1', 0n), price })
      .then({
        type: 'TokensHeld',
        data: {
          generationId: 'g1',
          tokens: 40n,
          allocations: [{ lotId: 'paid', tokens: 40n }],
          price,
        },
      });
    given(tokenAccount, ...opened)
      .when(hold('g1', 40n))
      .thenState((state) => expect([state.available, state.held]).toEqual([60n, 40n]));
  });

  test('of exactly the balance is accepted', () => {
    given(tokenAccount, ...opened)
      .when(hold('g1', 100n))
      .then(tokensHeld('g1', { paid: 100n }));
  });

  test('of one more than the balance is refused and says both', () => {
    given(tokenAccount, ...opened)
      .when(hold('g1', 101n))
      .thenRejected('insufficient_balance', { details: { balance: 100, required: 101 } });
  });

  test('counts tokens held for others as gone', () => {
    given(tokenAccount, ...opened, tokensHeld('g0', { paid: 60n }))
      .when(hold('g1', 41n))
      .thenRejected('insufficient_balance', { details: { balance: 40, required: 41 } });
  });

  test('of nothing is a hold of no lot, also on an empty account', () => {
    given(tokenAccount, accountOpened).when(hold('g1', 0n)).then(tokensHeld('g1', {}));
  });

  test('of a negative price is refused', () => {
    given(tokenAccount, ...opened)
      .when(hold('g1', -1n))
      .thenRejected('validation_error', 'price');
  });

  test('is refused before the account is open', () => {
    given(tokenAccount).when(hold('g1', 1n)).thenRejected('not_found');
  });

  test('is refused while the account is frozen', () => {
    given(tokenAccount, ...opened, { type: 'AccountFrozen', data: { reason: 'review' } })
      .when(hold('g1', 1n))
      .thenRejected('forbidden', { message: 'the account is frozen: review' });
  });
});

describe('a repeated HoldTokens', () => {
  const held = tokensHeld('g1', { paid: 40n });

  test('changes nothing while the hold is open, whatever its price', () => {
    given(tokenAccount, ...opened, held)
      .when(hold('g1', 60n))
      .thenNothingHappened();
  });

  test('changes nothing on an account frozen since', () => {
    given(tokenAccount, ...opened, held, { type: 'AccountFrozen', data: { reason: 'review' } })
      .when(hold('g1', 40n))
      .thenNothingHappened();
  });

  test('does not hold again after the hold was released', () => {
    given(tokenAccount, ...opened, held, {
      type: 'HoldReleased',
      data: { generationId: 'g1', released: held.data.allocations, reason: 'cancelled' },
    })
      .when(hold('g1', 40n))
      .thenNothingHappened();
  });

  test('does not hold again after the hold was settled, while thousands of others close', () => {
    const closed = (generationId: string) =>
      [
        tokensHeld(generationId, {}),
        { type: 'HoldSettled', data: { generationId, captured: [], released: [] } },
      ] as const;
    const others = Array.from({ length: CLOSED_HOLDS_REMEMBERED - 1 }, (_, n) => closed(`h${n}`));
    const state = fold(tokenAccount, [...opened, ...closed('g1'), ...others.flat()]);
    expect(tokenAccount.decide(hold('g1', 40n), state)).toEqual({ kind: 'accepted', events: [] });
    const twiceAsMany = Array.from({ length: 2 * CLOSED_HOLDS_REMEMBERED }, (_, n) =>
      closed(`i${n}`),
    );
    for (const event of twiceAsMany.flat()) tokenAccount.evolve(state, event);
    expect(state.closedHolds.recent.size + state.closedHolds.older.size).toBeLessThanOrEqual(
      2 * CLOSED_HOLDS_REMEMBERED,
    );
  });
});

describe('draw order', () => {
  const lots = [
    accountOpened,
    tokensPurchased('first', 10n),
    tokensGranted('endless', 10n),
    tokensGranted('late', 10n, later),
    tokensPurchased('second', 10n),
    tokensGranted('soon', 10n, sooner),
    tokensGranted('soon-too', 10n, sooner),
  ];

  test('is promotional by expiry, endless promotional, then purchased first in, first out', () => {
    given(tokenAccount, ...lots)
      .when(hold('g1', 55n))
      .then(
        tokensHeld('g1', {
          soon: 10n,
          'soon-too': 10n,
          late: 10n,
          endless: 10n,
          first: 10n,
          second: 5n,
        }),
      );
  });

  test('goes on where the last hold stopped', () => {
    given(tokenAccount, ...lots, tokensHeld('g0', { soon: 10n, 'soon-too': 4n }))
      .when(hold('g1', 7n))
      .then(tokensHeld('g1', { 'soon-too': 6n, late: 1n }));
  });
});

describe('a lot past its time', () => {
  const lots = [
    accountOpened,
    tokensGranted('soon', 10n, sooner),
    tokensGranted('late', 10n, later),
    tokensPurchased('paid', 10n),
  ];

  test('can be drawn until its last millisecond', () => {
    given(tokenAccount, ...lots)
      .when(hold('g1', 5n, '2026-01-19T23:59:59.999Z'))
      .then(tokensHeld('g1', { soon: 5n }));
  });

  test('expires before the hold that finds it, which then draws from the next lot', () => {
    given(tokenAccount, ...lots)
      .when(hold('g1', 5n, sooner))
      .then(
        { type: 'LotExpired', data: { lotId: 'soon', tokens: 10n } },
        tokensHeld('g1', { late: 5n }),
      );
  });

  test('does not count: a hold that needs it is refused and expires nothing', () => {
    given(tokenAccount, ...lots)
      .when(hold('g1', 21n, sooner))
      .thenRejected('insufficient_balance', { details: { balance: 20, required: 21 } });
  });

  test('expires with what is left of it when part is held', () => {
    given(tokenAccount, ...lots, tokensHeld('g0', { soon: 4n }))
      .when({ type: 'ExpireLots', now: sooner })
      .then({ type: 'LotExpired', data: { lotId: 'soon', tokens: 6n } });
  });

  test('expires with nothing when all of it is held, so that what comes back expires too', () => {
    given(tokenAccount, ...lots, tokensHeld('g0', { soon: 10n }))
      .when({ type: 'ExpireLots', now: sooner })
      .then({ type: 'LotExpired', data: { lotId: 'soon', tokens: 0n } });
  });

  test('leaves lots whose time has not come alone', () => {
    given(tokenAccount, ...lots)
      .when({ type: 'ExpireLots', now })
      .thenNothingHappened();
  });

  test('expires once', () => {
    given(tokenAccount, ...lots, { type: 'LotExpired', data: { lotId: 'soon', tokens: 10n } })
      .when({ type: 'ExpireLots', now: sooner })
      .thenNothingHappened();
  });

  test('takes all lots whose time has come, in draw order', () => {
    given(tokenAccount, ...lots)
      .when({ type: 'ExpireLots', now: '2027-01-01T00:00:00.000Z' })
      .then(
        { type: 'LotExpired', data: { lotId: 'soon', tokens: 10n } },
        { type: 'LotExpired', data: { lotId: 'late', tokens: 10n } },
      );
  });

  test('is left out of what can be drawn', () => {
    const state = fold(tokenAccount, lots);
    expect([drawableTokens(state, now), drawableTokens(state, sooner)]).toEqual([30n, 20n]);
  });
});
