import { exampleEvent, given } from '@imprest/testkit/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accountingPeriod,
  bookedIn,
  type ClosedMonth,
  type ClosePeriod,
  isMonth,
  monthsLater,
  periodBounds,
  placeIn,
} from './index.js';

const january = exampleEvent('PeriodClosed');
const closeJanuary: ClosePeriod = { type: 'ClosePeriod', ...january.data };
const closeFebruary: ClosePeriod = {
  ...closeJanuary,
  ...{ month: '2026-02', upTo: '9000', closedAt: '2026-03-02T08:00:00.000Z', seal: null },
};
const { type: _, ...februaryData } = closeFebruary;

describe('ClosePeriod', () => {
  test('freezes the trial balance of a month that is over', () => {
    given(accountingPeriod).when(closeJanuary).then(january);
  });

  test('twice is once: a month is closed for good, and so is every month before it', () => {
    given(accountingPeriod, january).when(closeJanuary).thenNothingHappened();
    given(accountingPeriod, january)
      .when({ ...closeJanuary, month: '2025-11' })
      .thenNothingHappened();
  });

  test('goes on with the month that follows, and skips none', () => {
    given(accountingPeriod, january)
      .when(closeFebruary)
      .then({ type: 'PeriodClosed', data: februaryData });
    given(accountingPeriod, january)
      .when({ ...closeFebruary, month: '2026-03', closedAt: '2026-04-01T00:00:00.000Z' })
      .thenRejected('conflict', { message: 'months are closed in order: 2026-02 comes next' });
  });

  test('waits until the month is over', () => {
    given(accountingPeriod)
      .when({ ...closeJanuary, closedAt: '2026-01-31T23:59:59.999Z' })
      .thenRejected('conflict', { message: '2026-01 is not over yet' });
  });

  test.each([
    ['tokens', { tokens: 1n, minorUnits: 0n }],
    ['EUR', { tokens: 0n, minorUnits: 1n }],
  ])('refuses books out of balance in %s', (unit, amounts) => {
    const wrong = { accountClass: 'revenue', currency: 'EUR', ...amounts };
    given(accountingPeriod)
      .when({ ...closeJanuary, trialBalance: [...january.data.trialBalance, wrong] })
      .thenRejected('conflict', { message: `the trial balance of 2026-01 misses 0 by 1 ${unit}` });
  });

  test.each([
    ['month', { month: '2026-13' }],
    ['upTo', { upTo: '-1' }],
    ['closedAt', { closedAt: 'yesterday' }],
    ['digest', { digest: 'ab' }],
    ['entries', { entries: -1n }],
    ['reason', { reason: ' ' }],
    ['seal', { seal: { number: 1, upTo: '1', digest: 'ab'.repeat(32) } }],
    ['seal', { seal: { number: 1, upTo: 'x', digest: 'ab'.repeat(32) } }],
  ])('with a malformed %s is refused', (field, change) => {
    given(accountingPeriod)
      .when({ ...closeJanuary, ...change })
      .thenRejected('validation_error', field);
  });

  test('never takes back what the close before it has covered', () => {
    given(accountingPeriod, january)
      .when({ ...closeFebruary, upTo: '1' })
      .thenRejected('validation_error', 'upTo');
  });
});

describe('ReopenPeriod', () => {
  test('is refused for good', () => {
    given(accountingPeriod, january)
      .when({ type: 'ReopenPeriod', month: '2026-01' })
      .thenRejected('forbidden');
  });

  test('of an open month makes no sense', () => {
    given(accountingPeriod, january)
      .when({ type: 'ReopenPeriod', month: '2026-02' })
      .thenRejected('conflict', { message: '2026-02 is open' });
  });
});

test.each([
  ['2026-01', -1, '2025-12'],
  ['2026-12', 1, '2027-01'],
  ['2026-06', 0, '2026-06'],
])('%s and %i months make %s', (month, by, expected) => {
  expect(monthsLater(month, by)).toBe(expected);
});

test.each(['2026-00', '2026-13', '26-01', '2026-1', '2026-01-01', '9999-01', '1969-12'])(
  '%s is no month',
  (text) => expect(isMonth(text)).toBe(false),
);

const months = ['2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04'];
const closes: fc.Arbitrary<readonly ClosedMonth[]> = fc
  .record({
    first: fc.integer({ min: 0, max: 3 }),
    steps: fc.array(fc.bigInt(0n, 20n), { maxLength: 3 }),
  })
  .map(({ first, steps }) => {
    let upTo = 0n;
    return steps.map((step, index) => {
      upTo += step;
      return { month: monthsLater(months[first]!, index), upTo };
    });
  });

test('every entry is booked in exactly one period, its own unless that was closed before', () => {
  const placed = fc.record({
    position: fc.bigInt(1n, 70n),
    happenedAt: fc.constantFrom(...months).map((month) => `${month}-15T12:00:00.000Z`),
  });
  fc.assert(
    fc.property(closes, placed, (closed, entry) => {
      const booked = bookedIn(entry, closed);
      const last = monthsLater('2026-04', 6);
      for (let month = '2025-06'; month <= last; month = monthsLater(month, 1)) {
        const expected = month === booked ? 'within' : month > booked ? 'before' : 'after';
        expect([month, placeIn(periodBounds(month, closed), entry)]).toEqual([month, expected]);
      }
      expect(booked >= entry.happenedAt.slice(0, 7)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
