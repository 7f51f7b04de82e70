import { expect, test } from 'vitest';
import { dealtOut, linesOf, numberArray } from './parameters.js';

const item = (tenantId: string, lane: string, cost: number) => ({ id: 'i', tenantId, lane, cost });

test('items name their line by number, and each line is sent once with its mean cost', () => {
  const { lines, lineOf } = linesOf([
    item('a', 'x', 1),
    item('a', 'y', 2),
    item('b', 'x', 3),
    item('a', 'x', 4),
  ]);
  expect(lineOf).toEqual([1, 2, 3, 1]);
  expect(lines).toEqual([
    { number: 1, tenantId: 'a', lane: 'x', meanCost: 2.5 },
    { number: 2, tenantId: 'a', lane: 'y', meanCost: 2 },
    { number: 3, tenantId: 'b', lane: 'x', meanCost: 3 },
  ]);
});

test('numbers go as an array literal with nulls for what is absent', () => {
  expect(numberArray([1, undefined, 2.5])).toBe('{1,null,2.5}');
});

test('rows are dealt out to requests up to their limits, the first one first', () => {
  const request = (limit: number) => ({ workerId: 'w', limit, leaseMs: 1 });
  expect(dealtOut([request(2), request(3), request(1)], ['a', 'b', 'c'])).toEqual([
    ['a', 'b'],
    ['c'],
    [],
  ]);
});
