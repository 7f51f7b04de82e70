import { expect, test } from 'vitest';
import { GroupHits } from './group-hits.js';

test('given no hit of a group, not all of them are there', () => {
  const hits = new GroupHits(2);
  expect(hits.none).toBe(true);
  hits.add(0, 3);
  expect(hits.none).toBe(false);
  expect(hits.all([0])).toBe(true);
  expect(hits.all([0, 1])).toBe(false);
});

test.each([
  [4, true],
  [3, false],
])('given hits in words 1, 10 and 13, within %i words: %j', (most, expected) => {
  const hits = new GroupHits(2);
  hits.add(0, 13);
  hits.add(1, 10);
  hits.add(0, 1);
  expect(hits.allWithin([0, 1], most)).toBe(expected);
});

test('words that are excepted do not count, whichever was seen first', () => {
  const hits = new GroupHits(2);
  hits.add(0, 1);
  hits.except(0, 1, 2);
  hits.add(0, 2);
  hits.add(1, 3);
  expect(hits.all([0, 1])).toBe(false);
  expect(hits.allWithin([0, 1], 9)).toBe(false);
  hits.add(0, 4);
  expect(hits.all([0, 1])).toBe(true);
});

test('after clear nothing is left', () => {
  const hits = new GroupHits(1);
  hits.except(0, 1, 1);
  hits.add(0, 1);
  hits.clear();
  expect(hits.none).toBe(true);
  hits.add(0, 1);
  expect(hits.all([0])).toBe(true);
});
