import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guessed, observed } from './cost-estimate.js';

const after = (values: readonly number[], guess = 1_000) =>
  values.reduce((estimate, value) => observed(estimate, value), guessed(guess));

describe('an estimate', () => {
  test('is a guess that may be off by all of itself, until something was observed', () => {
    expect(guessed(1_000)).toEqual({ mean: 1_000, deviation: 1_000, samples: 0 });
  });

  test('forgets the guess with the first observation', () => {
    expect(after([40])).toEqual({ mean: 40, deviation: 20, samples: 1 });
  });

  test('is the mean of the first eight', () => {
    expect(after([10, 20, 30, 40, 50, 60, 70, 80]).mean).toBeCloseTo(45);
  });

  test('follows a change: after thirty observations of another value little is left of the old one', () => {
    const { mean, deviation } = after([...Array(50).fill(100), ...Array(30).fill(400)]);
    expect(mean).toBeGreaterThan(390);
    expect(deviation).toBeLessThan(40);
  });

  test('of values that scatter, knows by how much', () => {
    const { mean, deviation } = after(Array.from({ length: 400 }, (_, n) => (n % 2 ? 90 : 110)));
    expect(mean).toBeGreaterThan(95);
    expect(mean).toBeLessThan(105);
    expect(deviation).toBeGreaterThan(8);
    expect(deviation).toBeLessThan(12);
  });

  test('stays between the least and the most of what was observed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1 }),
        (values) => {
          const { mean, deviation } = after(values);
          const [least, most] = [Math.min(...values), Math.max(...values)];
          expect(mean).toBeGreaterThanOrEqual(least - 1e-3);
          expect(mean).toBeLessThanOrEqual(most + 1e-3);
          expect(deviation).toBeGreaterThanOrEqual(0);
          expect(deviation).toBeLessThanOrEqual(
            Math.max(most - least, (values[0] as number) / 2) + 1e-3,
          );
        },
      ),
    );
  });
});
