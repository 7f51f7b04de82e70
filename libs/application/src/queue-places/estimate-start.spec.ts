import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateStart, type WaitingWork } from './estimate-start.js';

const work = (given: Partial<WaitingWork> = {}): WaitingWork => ({
  costBefore: 0,
  position: 1,
  own: { gpuMs: 2_000, errorMs: 400 },
  slots: 4,
  running: 4,
  ...given,
});

describe('the start of waiting work', () => {
  test('is now while a slot is free for it', () => {
    expect(estimateStart(work({ running: 3 }))).toEqual({
      startMs: 0,
      finishMs: 2_000,
      errorMs: 400,
    });
  });

  test('is when the first slot is free again, when it is next', () => {
    expect(estimateStart(work())).toMatchObject({ startMs: 400, finishMs: 2_400 });
  });

  test('is after all that is before it, done by all slots together', () => {
    const estimate = estimateStart(work({ position: 11, costBefore: 20_000 }));
    expect(estimate).toMatchObject({ startMs: 5_400, finishMs: 7_400 });
  });

  test('is unknown while nobody serves it', () => {
    expect(estimateStart(work({ slots: 0, running: 0 }))).toBeUndefined();
  });

  test('counts no more jobs under way than there are slots', () => {
    expect(estimateStart(work({ running: 40 }))).toEqual(estimateStart(work({ running: 4 })));
  });

  test('comes later with more before it and sooner with more slots, and the band covers its own cost', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 1e7 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 64 }),
        (costBefore, position, slots) => {
          const at = (more: Partial<WaitingWork>) => {
            const estimate = estimateStart(
              work({ costBefore, position, slots, running: slots, ...more }),
            );
            if (estimate === undefined) throw new Error('somebody serves it');
            return estimate;
          };
          expect(at({ costBefore: costBefore + 5_000 }).startMs).toBeGreaterThanOrEqual(
            at({}).startMs,
          );
          expect(at({ slots: slots + 1 }).startMs).toBeLessThanOrEqual(at({}).startMs);
          expect(at({}).errorMs).toBeGreaterThanOrEqual(400);
        },
      ),
    );
  });

  test('holds within its band when costs scatter as much as is known of them', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const cost = () => 2_000 + (random() - 0.5) * 1_600;
    let within = 0;
    for (let run = 0; run < 300; run += 1) {
      const free = Array.from({ length: 4 }, () => random() * cost());
      for (let n = 0; n < 60; n += 1) {
        const next = free.indexOf(Math.min(...free));
        free[next] = (free[next] as number) + cost();
      }
      const finish = Math.min(...free) + cost();
      const estimate = estimateStart(work({ costBefore: 120_000, position: 61 }));
      if (Math.abs(finish - (estimate?.finishMs ?? 0)) <= 2.5 * (estimate?.errorMs ?? 0))
        within += 1;
    }
    expect(within).toBeGreaterThan(270);
  });
});
