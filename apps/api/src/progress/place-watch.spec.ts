import type { QueuePlace, QueuePlaces } from '@imprest/application';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PlaceWatch } from './place-watch.js';

const at = (position: number): QueuePlace => ({
  position,
  share: 0.5,
  estimatedStart: null,
  estimatedFinish: null,
  errorSeconds: null,
});
const waiting = (id: string) => ({ id, model: 'landscape-1', parameters: {} as never });

let now: Record<string, number | undefined>;
let asked: number;
let watch: PlaceWatch;

beforeEach(() => {
  vi.useFakeTimers();
  now = { first: 3, second: 7 };
  asked = 0;
  const places: Pick<QueuePlaces, 'of'> = {
    of: async ({ id }) => {
      asked += 1;
      const position = now[id];
      return position === undefined ? undefined : at(position);
    },
  };
  watch = new PlaceWatch(places as QueuePlaces);
});
afterEach(async () => {
  await watch.onModuleDestroy();
  vi.useRealTimers();
});

test('tells the place at once, then whenever it is another one', async () => {
  const told: number[] = [];
  watch.watch(waiting('first'), ({ position }) => told.push(position));
  await vi.advanceTimersByTimeAsync(4_500);
  expect(told).toEqual([3]);
  now.first = 2;
  await vi.advanceTimersByTimeAsync(2_500);
  now.first = undefined;
  await vi.advanceTimersByTimeAsync(2_500);
  now.first = 1;
  await vi.advanceTimersByTimeAsync(2_500);
  expect(told).toEqual([3, 2, 1]);
});

test('tells each of its own, and nobody who has gone', async () => {
  const told: string[] = [];
  const stop = watch.watch(waiting('first'), ({ position }) => told.push(`first ${position}`));
  watch.watch(waiting('second'), ({ position }) => told.push(`second ${position}`));
  await vi.advanceTimersByTimeAsync(100);
  stop();
  now = { first: 1, second: 6 };
  await vi.advanceTimersByTimeAsync(2_500);
  expect(told).toEqual(['first 3', 'second 7', 'second 6']);
});

test('asks for nothing while nobody waits', async () => {
  watch.watch(waiting('first'), () => {})();
  await vi.advanceTimersByTimeAsync(2_500);
  const before = asked;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toBe(before);
});
