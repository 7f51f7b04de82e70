import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareOf } from './endpoint-shares.js';

const processes = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 8,
});
const places = fc.integer({ min: 1, max: 32 });
const endpoint = fc.string({ maxLength: 4 });

test('all places of an endpoint are shared out, none twice, as evenly as they divide', () => {
  fc.assert(
    fc.property(processes, endpoint, places, (all, id, count) => {
      const shares = all.map((each) => shareOf(each, all, id, count));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(count);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }),
  );
});

test('one process more takes from the others, and gives none of them more', () => {
  fc.assert(
    fc.property(processes, endpoint, places, (all, id, count) => {
      for (const each of all.slice(1)) {
        const alone = shareOf(each, all.slice(1), id, count);
        expect(shareOf(each, all, id, count)).toBeLessThanOrEqual(alone);
      }
    }),
  );
});

test('a single place is not the same process everywhere', () => {
  const all = ['a', 'b'];
  const holders = Array.from({ length: 40 }, (_, n) =>
    all.find((each) => shareOf(each, all, `whk_${n}`, 1) === 1),
  );
  expect(new Set(holders).size).toBe(2);
});
