import { expect, test } from 'vitest';
import { lastMentions, lostOf, withoutRepeats } from './lease-refs.js';

const ref = (id: string, fence: number, leaseMs = 0) => ({ id, fence, leaseMs });

test('of several mentions of a lease in a batch the first one counts', () => {
  const { first, repeated } = withoutRepeats([
    [ref('a', 1), ref('b', 1), ref('a', 1)],
    [ref('a', 2), ref('b', 1)],
  ]);
  expect(first).toEqual([[ref('a', 1), ref('b', 1)], [ref('a', 2)]]);
  expect(repeated).toEqual([[{ id: 'a', fence: 1 }], [{ id: 'b', fence: 1 }]]);
});

test('an id that looks like another lease is not mistaken for it', () => {
  const { repeated } = withoutRepeats([[ref('1 a', 2), ref('a', 21), ref('a', 2)]]);
  expect(repeated).toEqual([[]]);
});

test('the last of several extensions of a lease counts', () => {
  expect(lastMentions([ref('a', 1, 10), ref('b', 1, 20), ref('a', 1, 30)])).toEqual([
    ref('a', 1, 30),
    ref('b', 1, 20),
  ]);
});

test('each call learns which of its own leases were lost, as references only', () => {
  const calls = [[ref('a', 1), ref('b', 2)], [ref('a', 1)], [ref('c', 3)]];
  expect(lostOf(calls, [{ id: 'a', fence: 1 }])).toEqual([
    [{ id: 'a', fence: 1 }],
    [{ id: 'a', fence: 1 }],
    [],
  ]);
});
