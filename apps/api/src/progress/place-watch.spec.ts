import type { LinePlace, QueuePlaces, WaitingReasons } from '@imprest/application';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PlaceWatch } from './place-watch.js';

const at = (position: number): LinePlace => ({
  position,
  share: 0.5,
  estimatedStart,
  estimatedFinish: null,
  errorSeconds: null,
  atCap: false,
  readyAt: undefined,
});
const waiting = (id: string) => ({ id, model: 'landscape-1', parameters: {} as never });

let now: Record<string, number | undefined>;
let asked: number;
let reason: string;
let estimatedStart: string | null;
let watch: PlaceWatch;

beforeEach(() => {
  vi.useFakeTimers();
  now = { first: 3, second: 7 };
  asked = 0;
  reason = 'behind_others';
  estimatedStart = null;
  const places: Pick<QueuePlaces, 'of'> = {
    of: async ({ id }) => {
      asked += 1;
      const position = now[id];
      return position === undefined ? undefined : at(position);
    },
  };
  const reasons = {
    forTenant: async (_: unknown, queue: LinePlace) => {
      if (reason === 'away') throw new Error('the store is away');
      return { queue, waiting: { reason, message: reason } };
    },
  } as unknown as WaitingReasons;
  watch = new PlaceWatch(places as QueuePlaces, reasons, { now: () => new Date() });
});
afterEach(async () => {
  await watch.onModuleDestroy();
  vi.useRealTimers();
});

test('tells the place at once, then whenever it is another one', async () => {
  const told: number[] = [];
  watch.watch(waiting('first'), ({ queue }) => told.push(queue.position));
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

test('tells what it waits for whenever that is something else, and goes on after an error', async () => {
  const told: string[] = [];
  watch.watch(waiting('first'), ({ waiting }) => told.push(waiting.reason));
  await vi.advanceTimersByTimeAsync(2_500);
  for (reason of ['breaker_open', 'away', 'breaker_open', 'behind_others']) {
    await vi.advanceTimersByTimeAsync(2_500);
  }
  expect(told).toEqual(['behind_others', 'breaker_open', 'behind_others']);
});

test('tells another time when the one that it told has passed', async () => {
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
  const first = inSeconds(7);
  const told: (string | null)[] = [];
  estimatedStart = first;
  watch.watch(waiting('first'), ({ queue }) => told.push(queue.estimatedStart));
  await vi.advanceTimersByTimeAsync(100);
  const second = inSeconds(60);
  estimatedStart = second;
  await vi.advanceTimersByTimeAsync(4_500);
  expect(told).toEqual([first]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told).toEqual([first, second]);
});

test('tells each of its own, and nobody who has gone', async () => {
  const told: string[] = [];
  const stop = watch.watch(waiting('first'), ({ queue }) => told.push(`first ${queue.position}`));
  watch.watch(waiting('second'), ({ queue }) => told.push(`second ${queue.position}`));
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
