import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { anItem, idsOf, inMs, manyItems, take, takeInCalls, takeOne } from './fixtures.js';
import type { WorkQueueSubject } from './subject.js';

export function queuingConformance(subject: WorkQueueSubject): void {
  test('an empty queue has nothing to lease, to list or to count', async () => {
    const { queue } = subject;
    expect(await take(queue, 10)).toEqual([]);
    expect(await queue.expired(10)).toEqual([]);
    expect(await queue.depth()).toEqual([]);
  });

  test('calls without rows do nothing', async () => {
    const { queue } = subject;
    await queue.enqueue([]);
    await queue.release([]);
    await queue.remove([]);
    expect(await queue.extend([], 1_000)).toEqual([]);
    expect(await queue.complete([])).toEqual([]);
  });

  test('a lease tells the item, the holder and its end', async () => {
    const { queue } = subject;
    const item = anItem({ tenantId: 'acme', lane: 'landscape-xl' });
    await queue.enqueue([item]);
    const before = Date.now();
    const lease = await takeOne(queue, { workerId: 'gpu-7', leaseMs: 5_000 });
    expect(lease).toMatchObject({
      id: item.id,
      tenantId: 'acme',
      lane: 'landscape-xl',
      workerId: 'gpu-7',
    });
    expect(Number.isSafeInteger(lease.fence)).toBe(true);
    expect(lease.leasedUntil.getTime()).toBeGreaterThan(before + 4_000);
    expect(lease.leasedUntil.getTime()).toBeLessThan(Date.now() + 6_000);
  });

  test('a leased item is not leased again', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(3));
    expect(await take(queue, 10)).toHaveLength(3);
    expect(await take(queue, 10)).toEqual([]);
  });

  test('a lease call takes no more than its limit', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(5));
    expect(await take(queue, 2)).toHaveLength(2);
    expect(await take(queue, 2)).toHaveLength(2);
    expect(await take(queue, 2)).toHaveLength(1);
  });

  test('an id that is queued already is left as it is', async () => {
    const { queue } = subject;
    const item = anItem({ tenantId: 'first', lane: 'a' });
    await queue.enqueue([item, { ...item, tenantId: 'twin' }]);
    await queue.enqueue([{ ...item, tenantId: 'second', lane: 'b', readyAt: inMs(60_000) }]);
    expect(await take(queue, 10)).toMatchObject([{ id: item.id, tenantId: 'first', lane: 'a' }]);
  });

  test('an id that is delayed or leased is left as it is', async () => {
    const { queue } = subject;
    const delayed = anItem({ readyAt: inMs(60_000) });
    const leased = anItem();
    await queue.enqueue([delayed, leased]);
    const lease = await takeOne(queue);
    await queue.enqueue([{ ...delayed, readyAt: new Date(0) }, leased]);
    expect(await take(queue, 10)).toEqual([]);
    expect(await queue.complete([lease])).toEqual([]);
  });

  test('a completed id can be queued anew', async () => {
    const { queue } = subject;
    const item = anItem();
    await queue.enqueue([item]);
    await queue.complete([await takeOne(queue)]);
    expect(await take(queue)).toEqual([]);
    await queue.enqueue([item]);
    expect((await takeOne(queue)).id).toBe(item.id);
  });

  test('a tenant’s items come in the order they were queued, over calls and lanes', async () => {
    const { queue } = subject;
    const items = manyItems(40).map((item, n) => ({ ...item, lane: `lane-${n % 3}` }));
    for (let n = 0; n < items.length; n += 10) await queue.enqueue(items.slice(n, n + 10));
    expect(idsOf(await takeInCalls(queue, 20, 1))).toEqual(idsOf(items.slice(0, 20)));
    expect(idsOf(await take(queue, 100))).toEqual(idsOf(items.slice(20)));
  });

  test('a worker gets items of the lanes it serves only', async () => {
    const { queue } = subject;
    const [a, b, c] = [anItem({ lane: 'a' }), anItem({ lane: 'b' }), anItem({ lane: 'c' })];
    await queue.enqueue([a, b, c]);
    expect(await take(queue, 10, { lanes: [] })).toEqual([]);
    expect(await take(queue, 10, { lanes: ['x'] })).toEqual([]);
    expect(idsOf(await take(queue, 10, { lanes: ['x', 'b'] }))).toEqual([b.id]);
    expect(idsOf(await take(queue, 10, { lanes: ['c', 'a'] }))).toEqual([a.id, c.id]);
  });

  test('an item is not ready before its time, and after it, it is', async () => {
    const { queue } = subject;
    const [soon, past] = [anItem({ readyAt: inMs(150) }), anItem({ readyAt: new Date(0) })];
    await queue.enqueue([soon, past]);
    expect(idsOf(await take(queue, 10))).toEqual([past.id]);
    await setTimeout(250);
    expect(idsOf(await take(queue, 10))).toEqual([soon.id]);
  });

  test('queues of one server do not see each other', async () => {
    const other = await subject.connectOther();
    const item = anItem();
    await subject.queue.enqueue([item]);
    expect(await take(other, 10)).toEqual([]);
    await other.enqueue([{ ...item, tenantId: 'elsewhere' }]);
    await other.remove([item.id]);
    expect(await take(subject.queue, 10)).toMatchObject([{ id: item.id, tenantId: 'tenant' }]);
  });

  test('thousands of items go in and out in one call each', async () => {
    const { queue } = subject;
    const items = manyItems(3_000);
    await queue.enqueue(items);
    const leases = await takeInCalls(queue, 3_000, 1_000);
    expect(idsOf(leases)).toEqual(idsOf(items));
    expect(await queue.complete(leases)).toEqual([]);
    expect(await queue.depth()).toEqual([]);
  });

  test('depth counts each lane by state and tells the age of the oldest ready item', async () => {
    const { queue } = subject;
    await queue.enqueue([
      ...manyItems(3, { lane: 'a', cost: 7 }),
      ...manyItems(2, { lane: 'a', readyAt: inMs(60_000) }),
      ...manyItems(4, { lane: 'b', readyAt: inMs(60_000) }),
    ]);
    await take(queue, 1);
    await setTimeout(100);
    const [a, b, ...others] = await queue.depth();
    expect(a).toMatchObject({ lane: 'a', ready: 2, delayed: 2, leased: 1, readyCost: 14 });
    expect(a?.oldestReadySeconds).toBeGreaterThan(0.09);
    expect(a?.oldestReadySeconds).toBeLessThan(5);
    expect(b).toEqual({
      lane: 'b',
      ready: 0,
      delayed: 4,
      leased: 0,
      oldestReadySeconds: 0,
      readyCost: 0,
    });
    expect(others).toEqual([]);
  });

  test.each([
    ['an empty id', { id: '' }],
    ['an id of 201 characters', { id: 'x'.repeat(201) }],
    ['a control character in the tenant', { tenantId: 'a\u0000b' }],
    ['an empty lane', { lane: '' }],
    ['a cost below 1', { cost: 0.5 }],
    ['a cost that is no number', { cost: Number.NaN }],
    ['a time that is none', { readyAt: new Date(Number.NaN) }],
  ])('%s is refused, and nothing of that call is queued', async (_, wrong) => {
    const { queue } = subject;
    await expect(queue.enqueue([anItem(), anItem(wrong)])).rejects.toThrow(RangeError);
    expect(await queue.depth()).toEqual([]);
  });

  test.each([
    ['a limit of 0', { limit: 0 }],
    ['half an item', { limit: 1.5 }],
    ['a lease without duration', { leaseMs: 0 }],
    ['a worker without name', { workerId: '' }],
  ])('%s is refused', async (_, wrong) => {
    await expect(take(subject.queue, 1, wrong)).rejects.toThrow(RangeError);
  });

  test('quotes, braces, backslashes and other alphabets are kept as they are', async () => {
    const { queue } = subject;
    const item = anItem({ id: `{"a",'b'}\\`, tenantId: 'Größe 東京 🗻', lane: 'null,' });
    await queue.enqueue([item]);
    const lease = await takeOne(queue, { lanes: ['null,'], workerId: `w"'\\{},` });
    expect(lease).toMatchObject({ id: item.id, tenantId: item.tenantId, workerId: `w"'\\{},` });
    expect(await queue.complete([lease])).toEqual([]);
  });
}
