import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterFailure,
  type BreakerMemory,
  type BreakerRules,
  breakerState,
  closedBreaker,
} from './breaker.js';

const rules: BreakerRules = { failures: 3, withinMs: 1_000, restMs: 100, longestRestMs: 350 };
const failing = (times: readonly number[], memory: BreakerMemory = closedBreaker) =>
  times.reduce((known, at) => afterFailure(known, at, rules), memory);

describe('a breaker', () => {
  test('opens after so many failures in a row within its window', () => {
    expect(breakerState(failing([0, 500]), 500)).toBe('closed');
    const opened = failing([0, 500, 1_000]);
    expect([1_000, 1_099, 1_100].map((at) => breakerState(opened, at))).toEqual([
      'open',
      'open',
      'half_open',
    ]);
  });

  test('begins a new window when failures come seldom', () => {
    expect(breakerState(failing([0, 500, 1_001]), 1_001)).toBe('closed');
    expect(breakerState(failing([0, 500, 1_001, 1_002, 1_003]), 1_003)).toBe('open');
  });

  test('rests twice as long after each probe that fails, up to a bound', () => {
    const rests: number[] = [];
    let memory = failing([0, 0, 0]);
    for (let round = 0; round < 4; round += 1) {
      const probedAt = memory.openUntilMs;
      memory = afterFailure(memory, probedAt, rules);
      rests.push(memory.openUntilMs - probedAt);
    }
    expect(rests).toEqual([200, 350, 350, 350]);
  });

  test('learns nothing from what was begun before it opened', () => {
    const opened = failing([0, 0, 0]);
    expect(failing([10, 50, 99], opened)).toEqual(opened);
  });

  test('is never shut for longer than its bound, whatever fails', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { maxLength: 60 }), (gaps) => {
        let now = 0;
        let memory = closedBreaker;
        for (const gap of gaps) {
          now += gap;
          memory = afterFailure(memory, now, rules);
          expect(memory.openUntilMs - now).toBeLessThanOrEqual(rules.longestRestMs);
        }
      }),
    );
  });
});
