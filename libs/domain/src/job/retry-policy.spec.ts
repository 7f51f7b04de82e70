import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FailureClass } from './events.js';
import { defaultRetryPolicy, type RetryPolicy, retryDelayMs } from './retry-policy.js';

const EVEN = 0.5;

describe('retryDelayMs', () => {
  test('doubles from the first delay up to the longest', () => {
    const rule = { attempts: 9, firstDelayMs: 500, longestDelayMs: 3_000 };
    const policy: RetryPolicy = { ...defaultRetryPolicy, infrastructure: rule };
    const delays = [1, 2, 3, 4, 5, 8].map((attempt) =>
      retryDelayMs(policy, 'infrastructure', attempt, EVEN),
    );
    expect(delays).toEqual([500, 1_000, 2_000, 3_000, 3_000, 3_000]);
  });

  test('spreads every wait by a quarter either way', () => {
    const delay = (jitter: number) => retryDelayMs(defaultRetryPolicy, 'model', 1, jitter);
    expect([delay(0), delay(EVEN), delay(1)]).toEqual([750, 1_000, 1_250]);
  });

  test('is none after the last attempt', () => {
    expect(retryDelayMs(defaultRetryPolicy, 'infrastructure', 4, EVEN)).toBe(4_000);
    expect(retryDelayMs(defaultRetryPolicy, 'infrastructure', 5, EVEN)).toBeUndefined();
    expect(retryDelayMs(defaultRetryPolicy, 'infrastructure', 6, EVEN)).toBeUndefined();
  });

  test.each<FailureClass>(['user', 'moderation', 'cancelled'])(
    'is none when the failure would come again: %s',
    (failureClass) => {
      expect(retryDelayMs(defaultRetryPolicy, failureClass, 1, EVEN)).toBeUndefined();
    },
  );

  test('stays a whole number of milliseconds within its bounds, however many attempts', () => {
    const rule = { attempts: 10_000, firstDelayMs: 500, longestDelayMs: 60_000 };
    const policy: RetryPolicy = { ...defaultRetryPolicy, timeout: rule };
    const jitter = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), jitter, (attempt, chance) => {
        const delay = retryDelayMs(policy, 'timeout', attempt, chance);
        expect(Number.isSafeInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(375);
        expect(delay).toBeLessThanOrEqual(75_000);
      }),
    );
  });
});
