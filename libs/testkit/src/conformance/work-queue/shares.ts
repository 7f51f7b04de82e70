import { defaultShare, type TenantShare, type WorkQueue } from '@imprest/application';
import { expect, test } from 'vitest';
import { countOf, manyItems, take, takeInCalls, takeOne } from './fixtures.js';
import type { WorkQueueSubject } from './subject.js';

/** Weights, priorities and what corrects a charge. */
export function sharesConformance(subject: WorkQueueSubject): void {
  const share = (tenantId: string, terms: Partial<TenantShare>) =>
    subject.queue.setShare(tenantId, { ...defaultShare, ...terms });

  /** How many of the next items are of a tenant, taken one by one, each using what was expected. */
  async function takesOf(tenantId: string, count: number, queue: WorkQueue = subject.queue) {
    const leases = await takeInCalls(queue, count, 1);
    await queue.complete(leases);
    return countOf(leases, tenantId);
  }

  test.each([1, 12])(
    'a weight multiplies what a tenant gets, taken %i at a time',
    async (limit) => {
      const { queue } = subject;
      await queue.enqueue(manyItems(200, { tenantId: 'light' }));
      await queue.enqueue(manyItems(200, { tenantId: 'heavy' }));
      await share('heavy', { weight: 3 });
      const next = await takeInCalls(queue, 96, limit);
      expect(countOf(next, 'heavy')).toBeGreaterThanOrEqual(71);
      expect(countOf(next, 'heavy')).toBeLessThanOrEqual(73);
    },
  );

  test('a tenant whose items take more than expected gets fewer of them', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(100, { tenantId: 'slow', cost: 10 }));
    await queue.enqueue(manyItems(100, { tenantId: 'quick', cost: 10 }));
    let slow = 0;
    for (let n = 0; n < 80; n += 1) {
      const lease = await takeOne(queue);
      const isSlow = lease.tenantId === 'slow';
      slow += isSlow ? 1 : 0;
      await queue.complete([{ ...lease, cost: isSlow ? 30 : 10 }]);
    }
    expect(slow).toBeGreaterThanOrEqual(19);
    expect(slow).toBeLessThanOrEqual(21);
  });

  test.each([1, 8])(
    'a tenant whose items take less gets more of them, %i under way at a time',
    async (limit) => {
      const { queue } = subject;
      await queue.enqueue(manyItems(200, { tenantId: 'slow', cost: 10 }));
      await queue.enqueue(manyItems(200, { tenantId: 'quick', cost: 10 }));
      let quick = 0;
      for (let taken = 0; taken < 160; taken += limit) {
        const leases = await take(queue, limit);
        quick += countOf(leases, 'quick');
        await queue.complete(
          leases.map((lease) => ({ ...lease, cost: lease.tenantId === 'quick' ? 5 : 10 })),
        );
      }
      expect(quick).toBeGreaterThanOrEqual(102);
      expect(quick).toBeLessThanOrEqual(112);
    },
  );

  test('what a released item used counts, whether it is leased again or not', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(50, { tenantId: 'unlucky', cost: 10 }));
    const lease = await takeOne(queue);
    await queue.release([{ ...lease, cost: 100 }]);
    await queue.enqueue(manyItems(50, { tenantId: 'other', cost: 10 }));
    await takeInCalls(queue, 1, 1);
    expect(await takesOf('other', 9)).toBeGreaterThanOrEqual(8);
  });

  test('an item that was released unused costs its tenant nothing', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(60, { tenantId: 'fickle', cost: 10 }));
    for (let n = 0; n < 20; n += 1) {
      await queue.release([{ ...(await takeOne(queue)), cost: 0 }]);
    }
    await queue.enqueue(manyItems(60, { tenantId: 'steady', cost: 10 }));
    expect(await takesOf('fickle', 20)).toBeGreaterThanOrEqual(9);
  });

  test('a correction counts in all lanes that are served together', async () => {
    const { queue } = subject;
    const spread = manyItems(60, { tenantId: 'spread', cost: 10 });
    await queue.enqueue(spread.map((item, n) => ({ ...item, lane: `lane-${n % 3}` })));
    await queue.enqueue(manyItems(60, { tenantId: 'plain', cost: 10, lane: 'lane-0' }));
    let own = 0;
    for (let n = 0; n < 60; n += 1) {
      const lease = await takeOne(queue);
      own += lease.tenantId === 'spread' ? 1 : 0;
      await queue.complete([{ ...lease, cost: lease.tenantId === 'spread' ? 20 : 10 }]);
    }
    expect(own).toBeGreaterThanOrEqual(18);
    expect(own).toBeLessThanOrEqual(22);
  });

  test('a priority lets a tenant go first with some work, then it has its share', async () => {
    const { queue } = subject;
    await share('urgent', { priority: 1 });
    await queue.enqueue(manyItems(100, { tenantId: 'patient', cost: 10_000 }));
    await queue.complete(await takeInCalls(queue, 20, 1));
    await queue.enqueue(manyItems(100, { tenantId: 'urgent', cost: 10_000 }));
    const first = await takesOf('urgent', 6);
    expect(first).toBeGreaterThanOrEqual(5);
    expect(await takesOf('urgent', 40)).toBeLessThanOrEqual(22);
  });

  test('a priority starves nobody, however often it comes back', async () => {
    const { queue } = subject;
    await share('urgent', { priority: 9 });
    await queue.enqueue(manyItems(100, { tenantId: 'patient', cost: 60_000 }));
    let patient = 0;
    for (let round = 0; round < 60; round += 1) {
      await queue.enqueue(manyItems(2, { tenantId: 'urgent', cost: 60_000 }));
      patient += await takesOf('patient', 2);
    }
    expect(patient).toBeGreaterThanOrEqual(50);
  });

  test('shares, use and corrections survive a restart', async () => {
    const { queue } = subject;
    await share('heavy', { weight: 4 });
    await queue.enqueue(manyItems(100, { tenantId: 'heavy', cost: 10 }));
    await queue.enqueue(manyItems(100, { tenantId: 'greedy', cost: 10 }));
    const leases = await takeInCalls(queue, 10, 1);
    await queue.complete(
      leases.map((lease) => ({ ...lease, cost: lease.tenantId === 'greedy' ? 60 : 10 })),
    );
    await queue.close();
    const restarted = await subject.connect();
    const made = countOf(leases, 'greedy') * 50;
    const owed = (made * 4) / 10;
    expect(await takesOf('heavy', owed, restarted)).toBeGreaterThanOrEqual(owed - 2);
    expect(await takesOf('heavy', 25, restarted)).toBeLessThanOrEqual(22);
  });

  test.each([
    ['weight', { weight: 0 }],
    ['weight', { weight: 1_001 }],
    ['cap', { cap: 0 }],
    ['cap', { cap: 1.5 }],
    ['priority', { priority: 10 }],
    ['priority', { priority: -1 }],
  ])('a share with a %s out of bounds is refused', async (_, terms) => {
    await expect(share('any', terms)).rejects.toThrow(RangeError);
  });
}
