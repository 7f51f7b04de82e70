import { accountOpened, given, priceOf, tokensPurchased } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { fold } from '../shared/decider.js';
import {
  type BudgetLimits,
  type BudgetSubject,
  type TokenAccountEvent,
  tokenAccount,
} from './index.js';

const key: BudgetSubject = { kind: 'apiKey', id: 'k1' };
const ada: BudgetSubject = { kind: 'endUser', id: 'usr_ada' };
const now = '2026-01-31T23:00:00.000Z';
const tomorrow = '2026-02-01T00:00:00.000Z';
const none: BudgetLimits = { perDay: null, perMonth: null, total: null };

const account = [accountOpened, tokensPurchased('paid', 1_000n)];
const set = (limits: Partial<BudgetLimits>, subject = ada) =>
  ({ type: 'SetBudget', subject, limits: { ...none, ...limits }, newBudgetId: 'bud_1' }) as const;
const wasSet = (
  limits: Partial<BudgetLimits>,
  subject = ada,
  budgetId = 'bud_1',
): TokenAccountEvent => ({
  type: 'BudgetSet',
  data: { budgetId, subject, limits: { ...none, ...limits } },
});
const hold = (tokens: bigint, at = now, spenders = [key, ada], generationId = 'next') =>
  ({ type: 'HoldTokens', generationId, price: priceOf(tokens), now: at, spenders }) as const;
const held = (tokens: bigint, on = '2026-01-31', generationId = 'g1'): TokenAccountEvent => ({
  type: 'TokensHeld',
  data: {
    generationId,
    tokens,
    allocations: [{ lotId: 'paid', tokens }],
    price: priceOf(tokens),
    budgets: [{ budgetId: 'bud_1', on }],
  },
});

describe('SetBudget', () => {
  test('begins a budget, once', () => {
    given(tokenAccount, ...account)
      .when(set({ perDay: 5n }))
      .then(wasSet({ perDay: 5n }));
    given(tokenAccount, ...account, wasSet({ perDay: 5n }))
      .when({ ...set({ perDay: 5n }), newBudgetId: 'bud_2' })
      .thenNothingHappened();
  });

  test('changes the limits of the budget that is there, and leaves what was spent', () => {
    const history = [...account, wasSet({ perDay: 5n }), held(4n)];
    given(tokenAccount, ...history)
      .when({ ...set({ perDay: 9n }), newBudgetId: 'bud_2' })
      .then(wasSet({ perDay: 9n }));
    given(tokenAccount, ...history, wasSet({ perDay: 9n }))
      .when(hold(6n))
      .thenRejected('budget_exceeded');
  });

  test('refuses a negative limit, and an account that is not open', () => {
    given(tokenAccount, ...account)
      .when(set({ perMonth: -1n }))
      .thenRejected('validation_error', 'perMonth');
    given(tokenAccount)
      .when(set({ total: 1n }))
      .thenRejected('not_found');
  });
});

describe('a hold', () => {
  test('says which budgets it counts against', () => {
    given(tokenAccount, ...account, wasSet({ total: 10n }))
      .when(hold(10n))
      .thenState(({ holds }) => {
        expect(holds.get('next')?.budgets).toEqual([{ budgetId: 'bud_1', on: '2026-01-31' }]);
      });
  });

  test('of nobody with a budget is as it was before there were any', () => {
    given(tokenAccount, ...account, wasSet({ total: 0n }, { kind: 'endUser', id: 'usr_other' }))
      .when(hold(10n))
      .then({
        type: 'TokensHeld',
        data: {
          generationId: 'next',
          tokens: 10n,
          allocations: [{ lotId: 'paid', tokens: 10n }],
          price: priceOf(10n),
        },
      });
  });

  test.each([
    ['perDay', '2026-02-01T00:00:00.000Z'],
    ['perMonth', '2026-02-01T00:00:00.000Z'],
    ['total', undefined],
  ] as const)('beyond %s is refused, with the facts', (period, resetsAt) => {
    given(tokenAccount, ...account, wasSet({ [period]: 10n }), held(4n))
      .when(hold(7n))
      .thenRejected('budget_exceeded', {
        details: {
          ...{ budget: 'endUser', period, limit: 10, spent: 4, required: 7 },
          ...(resetsAt && { resetsAt }),
        },
      });
    given(tokenAccount, ...account, wasSet({ [period]: 10n }), held(4n))
      .when(hold(6n))
      .thenState(({ held: tokens }) => expect(tokens).toBe(10n));
  });

  test('is refused for its budget before its balance, and holds nothing', () => {
    given(tokenAccount, ...account, wasSet({ perDay: 1n }, key))
      .when(hold(5_000n))
      .thenRejected('budget_exceeded', {
        message: 'this key may spend 1 tokens a day and has spent 0; this request costs 5000',
      });
  });

  test('begins a new day and a new month, but never a new total', () => {
    const spent = [...account, held(10n)];
    given(tokenAccount, wasSet({ perDay: 10n, perMonth: 10n }), ...spent)
      .when(hold(10n, tomorrow))
      .thenState(({ held: tokens }) => expect(tokens).toBe(20n));
    given(tokenAccount, wasSet({ total: 10n }), ...spent)
      .when(hold(1n, tomorrow))
      .thenRejected('budget_exceeded');
  });

  test('by a clock that lags counts on the latest day', () => {
    given(tokenAccount, ...account, wasSet({ perDay: 10n }), held(10n, '2026-02-01'))
      .when(hold(1n, now))
      .thenRejected('budget_exceeded');
  });

  test('counts once against a budget that its key and end user share', () => {
    const shared: TokenAccountEvent = {
      type: 'BudgetShared',
      data: { budgetId: 'bud_1', subject: key },
    };
    given(tokenAccount, ...account, wasSet({ total: 10n }), shared)
      .when(hold(10n))
      .thenState(({ budgets }) => expect(budgets.byId.get('bud_1')?.spending.total).toBe(10n));
  });
});

describe('what comes back', () => {
  const spent = (...events: readonly TokenAccountEvent[]) => {
    const state = fold(tokenAccount, [...account, wasSet({ total: 50n }), ...events]);
    return state.budgets.byId.get('bud_1')?.spending;
  };
  const ofLot = (tokens: bigint) => [{ lotId: 'paid', tokens }];
  const release: TokenAccountEvent = {
    type: 'HoldReleased',
    data: { generationId: 'g1', released: ofLot(10n), reason: 'cancelled' },
  };
  const settled = (captured: bigint, released: bigint): TokenAccountEvent => ({
    type: 'HoldSettled',
    data: { generationId: 'g1', captured: ofLot(captured), released: ofLot(released) },
  });

  test('of a hold gives the budget back what was not captured', () => {
    expect(spent(held(10n), settled(7n, 3n))).toEqual({
      on: '2026-01-31',
      day: 7n,
      month: 7n,
      total: 7n,
    });
  });

  test('after the day or the month is over leaves the new ones alone', () => {
    expect(spent(held(10n), held(4n, '2026-02-01', 'g2'), release)).toEqual({
      on: '2026-02-01',
      day: 4n,
      month: 4n,
      total: 4n,
    });
  });

  test('as a refund gives it back too', () => {
    given(tokenAccount, ...account, wasSet({ total: 50n }), held(10n), settled(10n, 0n))
      .when({
        type: 'RefundTokens',
        refundId: 'r1',
        generationId: 'g1',
        tokens: 4n,
        captured: ofLot(10n),
        budgets: [{ budgetId: 'bud_1', on: '2026-01-31' }],
        reason: 'a seam',
      })
      .thenState(({ budgets }) => expect(budgets.byId.get('bud_1')?.spending.total).toBe(6n));
  });

  test('to a budget that was cleared, or begun anew, is nobody’s', () => {
    const cleared: TokenAccountEvent = { type: 'BudgetCleared', data: { subject: ada } };
    const anew = wasSet({ total: 50n }, ada, 'bud_2');
    const state = fold(tokenAccount, [
      ...[...account, wasSet({ total: 50n }), held(10n), cleared, anew, release],
    ]);
    expect(state.budgets.byId.get('bud_2')?.spending.total).toBe(0n);
    expect(state.budgets.byId.size).toBe(1);
  });
});

describe('a shared budget', () => {
  const successor: BudgetSubject = { kind: 'apiKey', id: 'k2' };
  const share = { type: 'ShareBudget', from: key, subject: successor } as const;
  const shared: TokenAccountEvent = {
    type: 'BudgetShared',
    data: { budgetId: 'bud_1', subject: successor },
  };
  const history = [...account, wasSet({ total: 10n }, key)];

  test('is joined once, and by nobody when there is none', () => {
    given(tokenAccount, ...history)
      .when(share)
      .then(shared);
    given(tokenAccount, ...history, shared)
      .when(share)
      .thenNothingHappened();
    given(tokenAccount, ...account)
      .when(share)
      .thenNothingHappened();
  });

  test('is spent by both together', () => {
    given(tokenAccount, ...history, shared, held(8n))
      .when(hold(3n, now, [successor, ada]))
      .thenRejected('budget_exceeded');
  });

  test('stays until the last of them has left', () => {
    const left = (subject: BudgetSubject): TokenAccountEvent => ({
      type: 'BudgetCleared',
      data: { subject },
    });
    const budgets = (...events: readonly TokenAccountEvent[]) =>
      fold(tokenAccount, [...history, shared, ...events]).budgets.byId.size;

    expect([budgets(left(key)), budgets(left(key), left(successor))]).toEqual([1, 0]);
    given(tokenAccount, ...history, shared, left(key))
      .when({ type: 'ClearBudget', subject: key })
      .thenNothingHappened();
  });
});
