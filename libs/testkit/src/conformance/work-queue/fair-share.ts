import { expect, test } from 'vitest';
import { anItem, countOf, manyItems, take, takeInCalls } from './fixtures.js';
import type { WorkQueueSubject } from './subject.js';

export function fairShareConformance(subject: WorkQueueSubject): void {
  test.each([1, 5, 20])(
    'ten items of one tenant come out between a thousand of another, taken %i at a time',
    async (limit) => {
      const { queue } = subject;
      await queue.enqueue(manyItems(1_000, { tenantId: 'big' }));
      await queue.enqueue(manyItems(10, { tenantId: 'small' }));
      const first = await takeInCalls(queue, 24, limit);
      expect(countOf(first, 'small')).toBe(10);
    },
  );

  test('within one call tenants take turns too', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(100, { tenantId: 'big' }));
    await queue.enqueue(manyItems(10, { tenantId: 'small' }));
    const tenants = (await take(queue, 10)).map(({ tenantId }) => tenantId);
    for (let n = 0; n < 10; n += 2) {
      expect(new Set(tenants.slice(n, n + 2))).toEqual(new Set(['big', 'small']));
    }
  });

  test.each([1, 16])('dear items use up a share faster, taken %i at a time', async (limit) => {
    const { queue } = subject;
    await queue.enqueue(manyItems(100, { tenantId: 'dear', cost: 4 }));
    await queue.enqueue(manyItems(100, { tenantId: 'cheap', cost: 1 }));
    await takeInCalls(queue, 16, 1);
    const next = await takeInCalls(queue, 80, limit);
    expect(countOf(next, 'dear')).toBeGreaterThanOrEqual(14);
    expect(countOf(next, 'dear')).toBeLessThanOrEqual(18);
  });

  test('a tenant alone gets everything, and owes nothing for it later', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(100, { tenantId: 'early' }));
    await queue.complete(await takeInCalls(queue, 100, 10));
    await queue.enqueue(manyItems(20, { tenantId: 'early' }));
    await queue.enqueue(manyItems(20, { tenantId: 'late' }));
    const next = await takeInCalls(queue, 10, 1);
    expect(countOf(next, 'early')).toBeGreaterThanOrEqual(4);
  });

  test('a tenant saves nothing up while it has nothing to do', async () => {
    const { queue } = subject;
    const idler = anItem({ tenantId: 'idler' });
    await queue.enqueue([idler]);
    await queue.complete(await take(queue, 1));
    await queue.enqueue(manyItems(300, { tenantId: 'busy' }));
    await takeInCalls(queue, 200, 20);
    await queue.enqueue(manyItems(50, { tenantId: 'idler' }));
    const next = await takeInCalls(queue, 20, 1);
    expect(countOf(next, 'busy')).toBeGreaterThanOrEqual(9);
  });

  test('a tenant who keeps queuing does not push the others back', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(20, { tenantId: 'patient' }));
    let served = 0;
    for (let round = 0; round < 20; round += 1) {
      await queue.enqueue(manyItems(10, { tenantId: `newcomer-${round % 2}` }));
      served += countOf(await take(queue, 3), 'patient');
    }
    expect(served).toBeGreaterThanOrEqual(18);
  });

  test('tenants left out get nothing, whoever is furthest behind, and the others everything', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(20, { tenantId: 'slow' }));
    await queue.enqueue(manyItems(20, { tenantId: 'stuck' }));
    await queue.enqueue(manyItems(20, { tenantId: 'quick' }));
    const leftOut = ['slow', 'stuck', 'unknown'];
    expect(countOf(await take(queue, 12, { leftOut }), 'quick')).toBe(12);
    expect(countOf(await take(queue, 12, { leftOut }), 'quick')).toBe(8);
    expect(await take(queue, 12, { leftOut })).toEqual([]);
    const next = await takeInCalls(queue, 10, 1, { leftOut: ['stuck'] });
    expect(countOf(next, 'slow')).toBe(10);
  });

  test('who was left out is not given at once all that others had meanwhile', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(40, { tenantId: 'slow' }));
    await queue.enqueue(manyItems(80, { tenantId: 'quick' }));
    await takeInCalls(queue, 40, 8, { leftOut: ['slow'] });
    const next = await takeInCalls(queue, 20, 1);
    expect(countOf(next, 'quick')).toBeGreaterThanOrEqual(9);
  });

  test('removed items cost a tenant nothing', async () => {
    const { queue } = subject;
    const cancelled = manyItems(200, { tenantId: 'fickle' });
    await queue.enqueue(manyItems(100, { tenantId: 'steady' }));
    await queue.enqueue(cancelled);
    await queue.remove(cancelled.map(({ id }) => id));
    await queue.enqueue(manyItems(100, { tenantId: 'fickle' }));
    expect(countOf(await takeInCalls(queue, 20, 1), 'fickle')).toBeGreaterThanOrEqual(9);
  });

  test('many lanes do not make a bigger share where the same workers serve them', async () => {
    const { queue } = subject;
    const spread = manyItems(120, { tenantId: 'spread' });
    await queue.enqueue(spread.map((item, n) => ({ ...item, lane: `lane-${n % 6}` })));
    await queue.enqueue(manyItems(120, { tenantId: 'plain', lane: 'lane-0' }));
    const next = await takeInCalls(queue, 60, 4);
    expect(countOf(next, 'spread')).toBeGreaterThanOrEqual(28);
    expect(countOf(next, 'spread')).toBeLessThanOrEqual(32);
  });

  test('use of a fast lane does not lock a tenant out of a slow one with workers of its own', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(500, { tenantId: 'eager', lane: 'fast' }));
    await queue.enqueue(manyItems(50, { tenantId: 'other', lane: 'slow' }));
    await takeInCalls(queue, 400, 50, { lanes: ['fast'] });
    await takeInCalls(queue, 4, 1, { lanes: ['slow'] });
    await queue.enqueue(manyItems(10, { tenantId: 'eager', lane: 'slow' }));
    const next = await takeInCalls(queue, 10, 1, { lanes: ['slow'] });
    expect(countOf(next, 'eager')).toBeGreaterThanOrEqual(4);
  });

  test('a newcomer to a slow lane does not wait for its clock to reach that of a fast one', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(500, { tenantId: 'eager', lane: 'fast' }));
    await queue.enqueue(manyItems(50, { tenantId: 'first', lane: 'slow' }));
    await takeInCalls(queue, 400, 50, { lanes: ['fast'] });
    await takeInCalls(queue, 4, 1, { lanes: ['slow'] });
    await queue.enqueue(manyItems(10, { tenantId: 'newcomer', lane: 'slow' }));
    const next = await takeInCalls(queue, 10, 1, { lanes: ['slow'] });
    expect(countOf(next, 'newcomer')).toBeGreaterThanOrEqual(4);
  });
}
