import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chargedPercent, retryDelayMs } from './attempt-rules.js';

const EVEN = 0.5;

describe('retryDelayMs', () => {
  test('doubles from the first delay up to the longest', () => {
    const rule = { attempts: 9, firstDelayMs: 500, longestDelayMs: 3_000 };
    const delays = [1, 2, 3, 4, 5, 8].map((attempt) => retryDelayMs(rule, attempt, EVEN));
    expect(delays).toEqual([500, 1_000, 2_000, 3_000, 3_000, 3_000]);
  });

  test('spreads every wait by a quarter either way', () => {
    const rule = { attempts: 2, firstDelayMs: 1_000, longestDelayMs: 30_000 };
    const delay = (jitter: number) => retryDelayMs(rule, 1, jitter);
    expect([delay(0), delay(EVEN), delay(1)]).toEqual([750, 1_000, 1_250]);
  });

  test('is none after the last attempt', () => {
    const rule = { attempts: 2, firstDelayMs: 500, longestDelayMs: 500 };
    expect([1, 2, 3].map((attempt) => retryDelayMs(rule, attempt, EVEN))).toEqual([
      500,
      undefined,
      undefined,
    ]);
  });

  test('stays a whole number of milliseconds within its bounds, however many attempts', () => {
    const rule = { attempts: 10_000, firstDelayMs: 500, longestDelayMs: 60_000 };
    const jitter = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), jitter, (attempt, chance) => {
        const delay = retryDelayMs(rule, attempt, chance);
        expect(Number.isSafeInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(375);
        expect(delay).toBeLessThanOrEqual(75_000);
      }),
    );
  });
});

describe('chargedPercent', () => {
  test('is nothing for what no GPU was busy with, where only that is charged', () => {
    const rule = { percent: 40, onlyRendered: true };
    expect([chargedPercent(rule, false), chargedPercent(rule, true)]).toEqual([0, 40]);
    expect(chargedPercent({ percent: 40, onlyRendered: false }, false)).toBe(40);
  });
});
