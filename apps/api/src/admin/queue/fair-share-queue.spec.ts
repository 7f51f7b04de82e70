import { InvalidCursor } from '@imprest/application';
import { fixedClock, InMemoryWorkQueue } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { FairShareQueue } from './fair-share-queue.js';
import { TimeShares } from './time-shares.js';

const clock = fixedClock();
let queue: InMemoryWorkQueue;
let fairShare: FairShareQueue;
let times: TimeShares;

const item = (id: string, tenantId: string, lane: string) => ({ id, tenantId, lane, cost: 100 });

beforeEach(async () => {
  queue = new InMemoryWorkQueue(clock);
  times = new TimeShares(queue);
  fairShare = new FairShareQueue(queue, times, clock);
  await queue.enqueue([item('1', 'early', 'a'), item('2', 'early', 'b')]);
  clock.advance(2_000);
  await queue.enqueue([item('3', 'late', 'a')]);
  clock.advance(3_000);
});

describe('the queue as operators see it', () => {
  test('has each tenant with what it gets and what waits, the longest wait first', async () => {
    await queue.setShare('early', { weight: 3, cap: 1, priority: 2 });
    await queue.lease({ workerId: 'w', limit: 1, leaseMs: 60_000, lanes: ['a'] });

    const { tenants, nextCursor, complete } = await fairShare.page({ limit: 10 });

    expect(tenants).toMatchObject([
      {
        ...{ tenantId: 'early', weight: 3, cap: 1, priority: 2, atCap: true },
        ...{ waiting: 1, running: 1, oldestWaitSeconds: 5, waitingGpuMs: 100 },
        models: [{ model: 'b' }, { model: 'a' }],
      },
      { tenantId: 'late', weight: 1, cap: null, atCap: false, waiting: 1, oldestWaitSeconds: 3 },
    ]);
    expect([nextCursor, complete]).toEqual([null, true]);
  });

  test('is filtered, and told page by page', async () => {
    const page = async (more: object) =>
      (await fairShare.page({ limit: 10, ...more })).tenants.map(({ tenantId }) => tenantId);
    expect(await page({ tenantId: 'late' })).toEqual(['late']);
    expect(await page({ model: 'b' })).toEqual(['early']);
    const { nextCursor } = await fairShare.page({ limit: 1 });
    expect(await page({ cursor: nextCursor })).toEqual(['late']);
    await expect(page({ cursor: 'x' })).rejects.toThrow(InvalidCursor);
  });

  test('says what part of the workers’ time a tenant had', async () => {
    expect(times.parts()('early')).toBeNull();
    await queue.lease({ workerId: 'w', limit: 3, leaseMs: 60_000 });
    await times.sample();

    const { tenants } = await fairShare.page({ limit: 10 });

    const parts = tenants.map(({ tenantId, shareOfTime }) => [tenantId, shareOfTime]);
    expect(Object.fromEntries(parts)).toEqual({ early: 0.6667, late: 0.3333 });
    expect(times.parts()('nobody')).toBe(0);
  });
});
