import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PositionMap } from './position-map.js';

describe('positions of before a move', () => {
  const map = new PositionMap([
    { position: 1n, commit: 128n },
    { position: 40n, commit: 9_000n },
    { position: 77n, commit: 15_000n },
  ]);

  test.each([
    [0n, 0n],
    [1n, 128n],
    [39n, 128n],
    [40n, 9_000n],
    [76n, 9_000n],
    [77n, 15_000n],
    [15_321n, 15_321n],
  ])('after %s the server begins at %s', (after, commit) => {
    expect(map.serverPosition(after)).toBe(commit);
  });

  test.each([
    [100n, 0n],
    [128n, 1n],
    [8_999n, 1n],
    [9_000n, 40n],
    [15_000n, 77n],
    [15_321n, 15_321n],
  ])('the server at %s has told everything up to %s', (commit, position) => {
    expect(map.storePosition(commit)).toBe(position);
  });

  test('without a move they are the server’s', () => {
    expect(PositionMap.EMPTY.serverPosition(0n)).toBe(0n);
    expect(PositionMap.EMPTY.serverPosition(5n)).toBe(5n);
    expect(PositionMap.EMPTY.storePosition(5n)).toBe(5n);
  });

  test('of any moved log, no event is missed and none is taken for told', () => {
    const gaps = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 90, max: 400 })),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 7 }), (given, every) => {
        let [position, commit] = [0n, 0n];
        const events = given.map(([gap, size]) => {
          position += BigInt(gap);
          commit += BigInt(size);
          return { position, commit };
        });
        const pairs = events.filter((_, n) => n % every === 0 || n === events.length - 1);
        const some = new PositionMap(pairs);
        for (let after = 0n; after <= position; after += 1n) {
          const start = some.serverPosition(after);
          const next = events.find((event) => event.position > after);
          if (next !== undefined) expect(start).toBeLessThan(next.commit);
        }
        for (const { commit: at } of events) {
          const told = some.storePosition(at);
          expect(events.every((event) => event.position > told || event.commit <= at)).toBe(true);
        }
      }),
    );
  });
});
