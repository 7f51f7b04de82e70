import type { RateLimit, RateLimits, RateVerdict } from '@imprest/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

export interface RateLimitsHarness {
  /** One more process that counts along. */
  connect(): RateLimits;
  readonly windowMs: number;
  /** Lets that much time go by. */
  elapse(ms: number): Promise<unknown>;
  /** Closes nothing that connect gave out. */
  dispose(): Promise<void>;
}

const limitOf = (limit: number, counter = 'one', name = 'key'): RateLimit => {
  return { name, counter, limit, uncounted: 'refuse' };
};
const allowed = (verdicts: readonly RateVerdict[]) =>
  verdicts.filter((verdict) => verdict.allowed).length;

export function rateLimitsConformance(
  name: string,
  create: () => Promise<RateLimitsHarness>,
): void {
  describe(`RateLimits: ${name}`, () => {
    let harness: RateLimitsHarness;
    const connected: RateLimits[] = [];
    const connect = () => {
      const instance = harness.connect();
      connected.push(instance);
      return instance;
    };
    const takeMany = async (limits: RateLimits, count: number, ...taken: readonly RateLimit[]) =>
      allowed(await Promise.all(Array.from({ length: count }, () => limits.take(taken))));

    beforeEach(async () => {
      harness = await create();
    });
    afterEach(async () => {
      await Promise.all(connected.splice(0).map((instance) => instance.close()));
      await harness.dispose();
    });

    test('counts down to the limit, then refuses, and says when the window ends', async () => {
      const limits = connect();
      const verdicts: RateVerdict[] = [];
      for (let i = 0; i < 4; i += 1) verdicts.push(await limits.take([limitOf(3)]));

      expect(verdicts.map((verdict) => verdict.allowed)).toEqual([true, true, true, false]);
      const standings = verdicts.map(({ standings: [standing] }) => standing!);
      expect(standings.map(({ remaining }) => remaining)).toEqual([2, 1, 0, 0]);
      expect(new Set(standings.map(({ endsAtMs }) => endsAtMs)).size).toBe(1);
      expect(standings[0]).toMatchObject({ name: 'key', limit: 3 });
      for (const { leftMs } of standings) {
        expect(leftMs).toBeGreaterThan(0);
        expect(leftMs).toBeLessThanOrEqual(harness.windowMs);
      }
    });

    test('begins anew when the window has ended', async () => {
      const limits = connect();
      expect(await takeMany(limits, 3, limitOf(2))).toBe(2);
      await harness.elapse(harness.windowMs + 5);

      expect(await takeMany(limits, 3, limitOf(2))).toBe(2);
    });

    test('counts each counter apart', async () => {
      const limits = connect();
      expect(await takeMany(limits, 2, limitOf(1, 'one'))).toBe(1);
      expect(await takeMany(limits, 2, limitOf(1, 'other'))).toBe(1);
    });

    test('takes from all of its limits or from none', async () => {
      const limits = connect();
      const [narrow, wide] = [limitOf(1, 'narrow'), limitOf(3, 'wide', 'tenant')];
      expect(await takeMany(limits, 5, narrow, wide)).toBe(1);

      const { standings } = await limits.take([narrow, wide]);
      expect(standings.map(({ name }) => name)).toEqual(['key', 'tenant']);
      expect(standings.map(({ remaining }) => remaining)).toEqual([0, 2]);
      expect(await takeMany(limits, 5, wide)).toBe(2);
    });

    test('a limit that changes counts what the window has let through', async () => {
      const limits = connect();
      expect(await takeMany(limits, 5, limitOf(2))).toBe(2);
      expect(await takeMany(limits, 10, limitOf(5))).toBe(3);
      expect(await takeMany(limits, 3, limitOf(4))).toBe(0);
    });

    test.each([1, 7, 64, 500])('several processes let exactly %i through', async (limit) => {
      const processes = [connect(), connect(), connect(), connect()];
      const each = await Promise.all(
        processes.map((limits) => takeMany(limits, limit, limitOf(limit))),
      );

      expect(each.reduce((sum, count) => sum + count, 0)).toBe(limit);
    });

    test('a process that keeps to itself leaves no more unused than it said', async () => {
      const [first, second] = [connect(), connect()];
      const { standings } = await first.take([limitOf(400)]);
      const passed = await takeMany(second, 500, limitOf(400));

      expect(standings[0]!.remaining).toBe(399);
      expect(passed).toBeLessThan(400);
      expect(passed).toBeGreaterThanOrEqual(400 - 400 / 16);
    });
  });
}
