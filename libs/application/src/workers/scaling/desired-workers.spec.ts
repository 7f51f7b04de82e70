import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { desiredWorkers, type ModelDemand } from './desired-workers.js';

const demand = (given: Partial<ModelDemand> = {}): ModelDemand => ({
  ready: 60,
  readyMs: 600_000,
  leased: 0,
  warmWorkers: 0,
  jobsAtOnce: 1,
  loadMs: 0,
  warmFloor: 0,
  ...given,
});

describe('as many workers are desired', () => {
  test('as begin what waits within the target', () => {
    expect(desiredWorkers(demand(), 60_000)).toBe(10);
    expect(desiredWorkers(demand({ jobsAtOnce: 2 }), 60_000)).toBe(5);
    expect(desiredWorkers(demand(), 600_000)).toBe(1);
  });

  test('as make up for the time in which they load the model', () => {
    expect(desiredWorkers(demand({ loadMs: 30_000 }), 60_000)).toBe(20);
    expect(desiredWorkers(demand({ loadMs: 30_000, warmWorkers: 10 }), 60_000)).toBe(10);
    expect(desiredWorkers(demand({ loadMs: 30_000, warmWorkers: 4 }), 60_000)).toBe(16);
    expect(desiredWorkers(demand({ loadMs: 90_000 }), 60_000)).toBe(10);
  });

  test('as do the work under way, and as the warm floor says', () => {
    const idle = { ready: 0, readyMs: 0 };
    expect(desiredWorkers(demand(idle), 60_000)).toBe(0);
    expect(desiredWorkers(demand({ ...idle, leased: 5, jobsAtOnce: 2 }), 60_000)).toBe(3);
    expect(desiredWorkers(demand({ ...idle, warmFloor: 2 }), 60_000)).toBe(2);
    expect(desiredWorkers(demand({ ready: 1, readyMs: 1 }), 60_000)).toBe(1);
  });
});

const anyDemand: fc.Arbitrary<ModelDemand> = fc.record({
  ready: fc.integer({ min: 1, max: 1_000 }),
  readyMs: fc.integer({ min: 1, max: 10_000_000 }),
  leased: fc.nat(100),
  warmWorkers: fc.nat(50),
  jobsAtOnce: fc.integer({ min: 1, max: 8 }),
  loadMs: fc.nat(200_000),
  warmFloor: fc.nat(5),
});
const target = fc.integer({ min: 1_000, max: 600_000 });

test('more work and less patience never mean fewer workers, and some work never means none', () => {
  fc.assert(
    fc.property(anyDemand, target, fc.integer({ min: 1, max: 5 }), (given, targetMs, factor) => {
      const desired = desiredWorkers(given, targetMs);
      expect(Number.isInteger(desired)).toBe(true);
      expect(desired).toBeGreaterThanOrEqual(Math.max(1, given.warmFloor));
      const more = { ...given, readyMs: given.readyMs * factor };
      expect(desiredWorkers(more, targetMs)).toBeGreaterThanOrEqual(desired);
      const free = { ...given, loadMs: 0 };
      expect(desiredWorkers(free, targetMs)).toBeLessThanOrEqual(desired);
      expect(desiredWorkers(free, targetMs * factor)).toBeLessThanOrEqual(
        desiredWorkers(free, targetMs),
      );
    }),
  );
});
