import { expect, test } from 'vitest';
import { at, type StoreNow } from './fixtures.js';

const WINDOW_MS = 15 * 60_000;

export function signInTriesCases(store: StoreNow): void {
  const take = (counter: string, minutes: number) =>
    store().tries.take(counter, 3, WINDOW_MS, at(minutes));

  test('are as many as the limit in a window, also at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => take('a', 0)));
    expect(answers.filter((until) => until === undefined)).toHaveLength(3);
    expect(answers.filter((until) => until !== undefined)).toEqual([at(15), at(15)]);
    expect(await take('b', 0)).toBeUndefined();
  });

  test('begin anew when the window ends, which no later try puts off', async () => {
    for (const minutes of [0, 1, 2, 14]) await take('a', minutes);
    expect(await take('a', 14.9)).toEqual(at(15));
    expect(await take('a', 15)).toBeUndefined();
  });

  test('are forgotten after a success', async () => {
    for (const minutes of [0, 0, 0]) await take('a', minutes);
    await store().tries.clear('a');
    expect(await take('a', 0)).toBeUndefined();
  });
}
