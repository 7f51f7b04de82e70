import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError, ConnectionError } from '../errors/index.js';
import { pauseAfter } from './retry-policy.js';

const failure = (retryable: boolean, retryAfterSeconds?: number) =>
  new ApiError('nothing', { code: 'unavailable', status: 503, retryable, retryAfterSeconds });

describe('the pause after a failed attempt', () => {
  it('doubles up to eight seconds, of which up to half is left to chance', () => {
    const pauses = [1, 2, 3, 4, 5, 6].map((failed) => pauseAfter(failure(true), failed, 9, 0));
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 4000]);
    expect(pauseAfter(failure(true), 9, 9, 0.999)).toBeCloseTo(7996);
  });

  it('is never shorter than the API asked for', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.integer({ min: 1, max: 9 }),
        fc.noShrink(fc.double({ min: 0, max: 0.99, noNaN: true })),
        (seconds, failed, random) => {
          expect(pauseAfter(failure(true, seconds), failed, 9, random)).toBeGreaterThan(
            seconds * 1000,
          );
        },
      ),
    );
  });

  it('is not made for what cannot pass, once attempts are used up, or for over a minute', () => {
    const lasting = failure(false);
    const passing = new ConnectionError('lost', {});
    const patient = failure(true, 61);
    expect(() => pauseAfter(lasting, 1, 3)).toThrow(lasting);
    expect(() => pauseAfter(passing, 4, 3)).toThrow(passing);
    expect(() => pauseAfter(patient, 1, 3)).toThrow(patient);
  });
});
