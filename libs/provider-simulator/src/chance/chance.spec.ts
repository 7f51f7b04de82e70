import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chance } from './chance.js';
import { fractionOf, hashOf } from './hash.js';
import { LatticeNoise } from './lattice-noise.js';

describe('chance', () => {
  it('repeats itself for the same seed and stays within its bounds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), (seed, low) => {
        const one = new Chance(seed);
        const other = new Chance(seed);
        for (let draw = 0; draw < 20; draw += 1) {
          const value = one.whole(low, low + 5);
          expect(value).toBe(other.whole(low, low + 5));
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(low + 5);
        }
      }),
    );
  });

  it('forks by name, whatever was drawn before', () => {
    const fresh = new Chance(7);
    const used = new Chance(7);
    used.next();

    expect(used.fork('clouds').next()).toBe(fresh.fork('clouds').next());
    expect(fresh.fork('clouds').next()).not.toBe(fresh.fork('stars').next());
  });
});

describe('hashing', () => {
  it('tells seeds apart beyond 32 bits', () => {
    const seeds = [0, 1, -1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 52, -(2 ** 40)];

    expect(new Set(seeds.map((seed) => hashOf(seed))).size).toBe(seeds.length);
  });

  it('gives fractions below one and minds the order', () => {
    expect(fractionOf('a', 1)).toBeLessThan(1);
    expect(hashOf('a', 'b')).not.toBe(hashOf('b', 'a'));
    expect(hashOf('ab')).not.toBe(hashOf('a', 'b'));
  });
});

describe('lattice noise', () => {
  const noise = new LatticeNoise(3);
  const coordinate = fc.double({ min: -10_000, max: 10_000, noNaN: true });

  it('stays between 0 and 1 everywhere', () => {
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        for (const value of [noise.at(x, y), noise.fbm(x, y, 5), noise.ridged(x, y, 5)]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(noise.eroded(x, y, 8)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('has no steps, also across whole coordinates and below zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300, max: 300 }), coordinate, (x, y) => {
        expect(Math.abs(noise.at(x - 1e-7, y) - noise.at(x + 1e-7, y))).toBeLessThan(1e-5);
      }),
    );
  });
});
