import { expect, test, vi } from 'vitest';
import { BatchedLookup } from './batched-lookup.js';

const table = async (ids: readonly string[]) => new Map(ids.map((id) => [id, `row ${id}`]));

test('lookups made at the same time go out as one, each id once', async () => {
  const lookUp = vi.fn(table);
  const lookup = new BatchedLookup(lookUp);
  const [first, second] = await Promise.all([lookup.load(['1', '2']), lookup.load(['2', '3'])]);
  expect(lookUp.mock.calls).toEqual([[['1', '2', '3']]]);
  expect([first.get('1'), second.get('3')]).toEqual(['row 1', 'row 3']);
});

test('a lookup made while one is running waits for the next one, not for the running one', async () => {
  let finish = () => {};
  const running = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const lookUp = vi.fn(async (ids: readonly string[]) => {
    if (ids.includes('slow')) await running;
    return table(ids);
  });
  const lookup = new BatchedLookup(lookUp);
  const slow = lookup.load(['slow']);
  await Promise.resolve();
  const later = lookup.load(['1']);
  finish();
  await slow;
  expect((await later).get('1')).toBe('row 1');
  expect(lookUp.mock.calls).toEqual([[['slow']], [['1']]]);
});

test('a failed lookup fails for those in it only', async () => {
  const lookUp = vi.fn(table).mockRejectedValueOnce(new Error('connection reset'));
  const lookup = new BatchedLookup(lookUp);
  await expect(lookup.load(['1'])).rejects.toThrow('connection reset');
  expect((await lookup.load(['1'])).get('1')).toBe('row 1');
});
