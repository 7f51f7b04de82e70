import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AttemptContext,
  type AttemptResult,
  classifyAttempt,
  MAX_ATTEMPTS,
  RETRY_DELAYS_SECONDS,
} from './retry-schedule.js';

const now = new Date('2026-11-20T10:00:00Z');
const first: AttemptContext = { attempt: 1, now, random: 0.5 };
const DAY = 86_400;

const answered = (status: number, retryAfter?: string): AttemptResult => ({
  kind: 'response',
  status,
  retryAfter,
});
const failed = answered(500);

function secondsUntilRetry(result: AttemptResult, context: AttemptContext = first): number {
  const outcome = classifyAttempt(result, context);
  if (outcome.kind !== 'retry') throw new Error(`expected a retry, got ${outcome.kind}`);
  return (outcome.at.getTime() - now.getTime()) / 1_000;
}

describe('the outcome of an attempt', () => {
  it.each([200, 201, 202, 204, 299])('is delivered for %i', (status) => {
    expect(classifyAttempt(answered(status), first)).toEqual({ kind: 'delivered' });
  });

  it.each([300, 301, 302, 304, 307, 308, 400, 401, 404, 409, 429, 500, 502, 503])(
    'is a retry for %i',
    (status) => {
      expect(classifyAttempt(answered(status), first).kind).toBe('retry');
    },
  );

  it.each(['forbidden_target', 'timeout', 'connection_failed', 'tls', 'protocol'] as const)(
    'is a retry for %s',
    (code) => {
      expect(classifyAttempt({ kind: 'error', code }, first).kind).toBe('retry');
    },
  );

  it('is gone for 410, at the first attempt and at the last', () => {
    for (const attempt of [1, MAX_ATTEMPTS]) {
      expect(classifyAttempt(answered(410), { ...first, attempt })).toEqual({ kind: 'gone' });
    }
  });

  it('is exhausted for the tenth failure, and delivered for a tenth success', () => {
    const last = { ...first, attempt: 10 };

    expect(classifyAttempt(failed, last)).toEqual({ kind: 'exhausted' });
    expect(classifyAttempt(answered(503, '60'), last)).toEqual({ kind: 'exhausted' });
    expect(classifyAttempt(answered(200), last)).toEqual({ kind: 'delivered' });
  });
});

describe('the next attempt', () => {
  it('follows the schedule', () => {
    const delays = RETRY_DELAYS_SECONDS.map((_delay, index) =>
      secondsUntilRetry(failed, { ...first, attempt: index + 1 }),
    );

    expect(delays).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  });

  it('is at most a fifth earlier or later than the schedule', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: RETRY_DELAYS_SECONDS.length }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const delay = RETRY_DELAYS_SECONDS[attempt - 1]!;
          const seconds = secondsUntilRetry(failed, { attempt, now, random });

          expect(seconds).toBeGreaterThanOrEqual(delay * 0.8);
          expect(seconds).toBeLessThanOrEqual(delay * 1.2);
        },
      ),
    );
    expect(secondsUntilRetry(failed, { ...first, random: 0 })).toBe(4);
  });

  it.each([
    ['seconds', '120', 120],
    ['seconds with spaces', ' 120 ', 120],
    ['a date', 'Fri, 20 Nov 2026 10:02:00 GMT', 120],
    ['less than the schedule', '1', 4],
    ['a date in the past', 'Fri, 20 Nov 2026 09:00:00 GMT', 4],
    ['a negative number', '-1', 4],
    ['a fraction', '1.5', 4],
    ['a word', 'soon', 4],
    ['a date without GMT', '2027-01-01', 4],
    ['an empty text', '', 4],
    ['more than a day', '999999', DAY],
    ['a number beyond reason', '999999999999999', DAY],
    ['a date in another century', 'Fri, 20 Nov 2126 10:00:00 GMT', DAY],
  ])('respects Retry-After given as %s', (_case, header, seconds) => {
    for (const status of [302, 429, 503]) {
      expect(secondsUntilRetry(answered(status, header), { ...first, random: 0 })).toBe(seconds);
    }
  });

  it('is never earlier than a Retry-After within a day, whatever the chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: DAY }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: RETRY_DELAYS_SECONDS.length }),
        (asked, random, attempt) => {
          const context = { attempt, now, random };

          expect(secondsUntilRetry(answered(429, `${asked}`), context)).toBeGreaterThanOrEqual(
            asked,
          );
        },
      ),
    );
  });
});
