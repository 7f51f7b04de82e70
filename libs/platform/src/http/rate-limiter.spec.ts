import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.js';

const MINUTE_MS = 60_000;
const START_MS = 1_763_600_000_000;

describe('the rate limiter', () => {
  it('counts down, and says when the window that began with the first request ends', () => {
    const limiter = new RateLimiter();

    expect(limiter.take('k', 'read', 2, START_MS)).toEqual({
      limit: 2,
      remaining: 1,
      reset: (START_MS + MINUTE_MS) / 1000,
      allowed: true,
    });
    expect(limiter.take('k', 'read', 2, START_MS + 59_999)).toMatchObject({
      remaining: 0,
      reset: (START_MS + MINUTE_MS) / 1000,
      allowed: true,
    });
    expect(limiter.take('k', 'read', 2, START_MS + 59_999)).toMatchObject({
      remaining: 0,
      allowed: false,
    });
  });

  it('begins anew when the window has ended', () => {
    const limiter = new RateLimiter();
    limiter.take('k', 'read', 1, START_MS);

    expect(limiter.take('k', 'read', 1, START_MS + MINUTE_MS)).toMatchObject({
      allowed: true,
      reset: (START_MS + 2 * MINUTE_MS) / 1000,
    });
  });

  it('counts keys and buckets apart', () => {
    const limiter = new RateLimiter();
    limiter.take('k', 'generate', 1, START_MS);

    expect(limiter.take('k', 'read', 1, START_MS).allowed).toBe(true);
    expect(limiter.take('other', 'generate', 1, START_MS).allowed).toBe(true);
    expect(limiter.take('k', 'generate', 1, START_MS).allowed).toBe(false);
  });

  it('says an end that is never before the end', () => {
    const limiter = new RateLimiter();

    expect(limiter.take('k', 'read', 1, START_MS + 1).reset).toBe(START_MS / 1000 + 61);
  });

  it('never lets more through in a window than its limit, whatever the times', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 5 }), (waits, limit) => {
        const limiter = new RateLimiter();
        const passed = new Map<number, number>();
        let now = START_MS;
        for (const wait of waits) {
          now += wait;
          const { allowed, remaining, reset } = limiter.take('k', 'read', limit, now);
          if (allowed) passed.set(reset, (passed.get(reset) ?? 0) + 1);
          expect(remaining).toBe(limit - (passed.get(reset) ?? 0));
          expect(reset * 1000).toBeGreaterThanOrEqual(now);
          expect(reset * 1000 - now).toBeLessThanOrEqual(MINUTE_MS + 1000);
        }
        for (const count of passed.values()) expect(count).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('forgets ended windows before live ones when very many keys come', () => {
    const limiter = new RateLimiter();
    for (let key = 0; key < 99_999; key += 1) limiter.take(`old${key}`, 'read', 1, START_MS);
    const now = START_MS + MINUTE_MS;
    limiter.take('live', 'read', 1, now);
    limiter.take('one more', 'read', 1, now);

    expect(limiter.take('live', 'read', 1, now).allowed).toBe(false);
  });
});
