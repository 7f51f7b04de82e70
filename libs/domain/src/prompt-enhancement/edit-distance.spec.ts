import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from './edit-distance.js';

test.each([
  ['goldenhour', 'goldenhour', 0],
  ['goldenour', 'goldenhour', 1],
  ['goldemhour', 'goldenhour', 1],
  ['ggoldenhou', 'goldenhour', 2],
  ['bluehour', 'goldenhour', 3],
  ['', 'ab', 2],
  ['', '', 0],
])('%s and %s are %i apart, or further than two', (one, other, distance) => {
  expect(editDistance(one, other, 2)).toBe(distance);
});

/** All of the table, by the definition. */
function whole(one: string, other: string): number {
  const [a, b] = [one.at(-1), other.at(-1)];
  if (a === undefined || b === undefined) return one.length + other.length;
  const [shortOne, shortOther] = [one.slice(0, -1), other.slice(0, -1)];
  if (a === b) return whole(shortOne, shortOther);
  return 1 + Math.min(whole(shortOne, shortOther), whole(shortOne, other), whole(one, shortOther));
}

test('is what the definition gives, as far as it is looked at', () => {
  const text = fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', 'c') });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 3 }), (one, other, most) => {
      expect(editDistance(one, other, most)).toBe(Math.min(whole(one, other), most + 1));
    }),
  );
});
