import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { YieldingPace } from './yielding-pace.js';

const workFor = (ms: number) => () => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('the pace of consumers', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('lets batches run side by side while requests are few', async () => {
    const pace = new YieldingPace(() => false);
    let done = 0;
    for (let batch = 0; batch < 3; batch += 1) void pace.turn(workFor(100)).then(() => done++);
    await vi.advanceTimersByTimeAsync(100);
    expect(done).toBe(3);
  });

  it('runs one batch at a time and rests after each while requests come in', async () => {
    const pace = new YieldingPace(() => true);
    const ends: number[] = [];
    const startMs = performance.now();
    for (let batch = 0; batch < 3; batch += 1) {
      void pace.turn(workFor(10)).then(() => ends.push(Math.round(performance.now() - startMs)));
    }
    await vi.advanceTimersByTimeAsync(200);
    expect(ends).toEqual([10, 60, 110]);
  });

  it('goes on after a batch that failed', async () => {
    const pace = new YieldingPace(() => true);
    const failing = pace.turn(() => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    const next = pace.turn(async () => 'done');
    await vi.advanceTimersByTimeAsync(600);
    await expect(next).resolves.toBe('done');
  });
});
