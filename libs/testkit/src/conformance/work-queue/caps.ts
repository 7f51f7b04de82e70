import { defaultShare } from '@imprest/application';
import { expect, test } from 'vitest';
import { countOf, manyItems, take, takeInCalls, takeOne } from './fixtures.js';
import type { WorkQueueSubject } from './subject.js';

export function capsConformance(subject: WorkQueueSubject): void {
  const setCap = (cap: number | null, tenantId = 'capped') =>
    subject.queue.setShare(tenantId, { ...defaultShare, cap });

  test.each([1, 20])(
    'holds so many leases at most, taken %i at a time, and others get the rest',
    async (limit) => {
      const { queue } = subject;
      await setCap(3);
      await queue.enqueue(manyItems(20, { tenantId: 'capped' }));
      await queue.enqueue(manyItems(12, { tenantId: 'other' }));
      const leases = await takeInCalls(queue, 20, limit);
      expect(countOf(leases, 'capped')).toBe(3);
      expect(countOf(leases, 'other')).toBe(12);
    },
  );

  test('lets another begin for each that ends, however it ends', async () => {
    const { queue } = subject;
    await setCap(2);
    await queue.enqueue(manyItems(20, { tenantId: 'capped' }));
    const [first, second] = [await takeOne(queue), await takeOne(queue)];
    expect(await take(queue)).toEqual([]);
    await queue.complete([first]);
    const third = await takeOne(queue);
    await queue.release([second]);
    const fourth = await takeOne(queue);
    expect(await take(queue)).toEqual([]);
    await queue.remove([third.id, fourth.id]);
    expect(await take(queue, 5)).toHaveLength(2);
  });

  test('is not freed by items that end without a lease, or by leases that were lost before', async () => {
    const { queue } = subject;
    await setCap(1);
    const items = manyItems(5, { tenantId: 'capped' });
    await queue.enqueue(items);
    const lost = await takeOne(queue);
    await queue.release([lost]);
    await takeOne(queue);
    await queue.complete([lost]);
    await queue.release([lost]);
    await queue.remove(items.slice(3).map(({ id }) => id));
    expect(await take(queue)).toEqual([]);
  });

  test('that is set, raised or taken away while leases are held counts those', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(20, { tenantId: 'capped' }));
    const held = await take(queue, 4);
    await setCap(2);
    expect(await take(queue)).toEqual([]);
    await queue.complete(held.slice(0, 2));
    expect(await take(queue)).toEqual([]);
    await setCap(3);
    expect(await take(queue, 5)).toHaveLength(1);
    await setCap(null);
    expect(await take(queue, 5)).toHaveLength(5);
  });

  test('holds in all lanes together', async () => {
    const { queue } = subject;
    await setCap(2);
    const items = manyItems(9, { tenantId: 'capped' });
    await queue.enqueue(items.map((item, n) => ({ ...item, lane: `lane-${n % 3}` })));
    const leases = [
      ...(await take(queue, 1, { lanes: ['lane-0'] })),
      ...(await take(queue, 5, { lanes: ['lane-1', 'lane-2'] })),
    ];
    expect(leases).toHaveLength(2);
    await queue.enqueue(manyItems(1, { tenantId: 'capped', lane: 'new lane' }));
    expect(await take(queue, 5)).toEqual([]);
  });

  test('wakes who waits when a lease of a capped tenant ends', async () => {
    const { queue } = subject;
    await setCap(1);
    await queue.enqueue(manyItems(2, { tenantId: 'capped' }));
    const lease = await takeOne(queue);
    let woken = 0;
    const stop = queue.onReady(() => {
      woken += 1;
    });
    const before = woken;
    await queue.complete([lease]);
    await expect.poll(() => woken, { timeout: 5_000 }).toBeGreaterThan(before);
    stop();
  });
}
