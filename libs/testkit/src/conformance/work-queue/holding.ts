import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { anItem, idsOf, inMs, manyItems, refsOf, take, takeOne } from './fixtures.js';
import type { WorkQueueSubject } from './subject.js';

export function holdingConformance(subject: WorkQueueSubject): void {
  test('the fence of an item grows with every lease, also after it was queued anew', async () => {
    const { queue } = subject;
    const item = anItem();
    const fences: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      await queue.enqueue([item]);
      const lease = await takeOne(queue);
      fences.push(lease.fence);
      if (n % 3 === 0) await queue.complete([lease]);
      else if (n % 3 === 1) await queue.remove([item.id]);
      else await queue.release([lease]);
    }
    expect(fences).toEqual([...new Set(fences)].sort((a, b) => a - b));
  });

  test('a lost lease can be neither completed nor extended nor released', async () => {
    const { queue } = subject;
    await queue.enqueue([anItem()]);
    const lost = await takeOne(queue, { workerId: 'slow' });
    await queue.release([lost]);
    const held = await takeOne(queue, { workerId: 'quick' });

    expect(await queue.complete([lost])).toEqual(refsOf([lost]));
    expect(await queue.extend([lost], 60_000)).toEqual(refsOf([lost]));
    await queue.release([lost]);

    expect(await take(queue)).toEqual([]);
    expect(await queue.complete([held])).toEqual([]);
  });

  test('a fence of one item opens no other', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(2));
    const [a, b] = [await takeOne(queue), await takeOne(queue)];
    const crossed = [
      { id: a.id, fence: b.fence },
      { id: b.id, fence: a.fence },
    ];
    expect(await queue.complete(crossed)).toEqual(crossed);
    expect(await queue.extend(crossed, 60_000)).toEqual(crossed);
    expect(await queue.complete([a, b])).toEqual([]);
  });

  test('complete answers exactly those it could not remove', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(4));
    const leases = await take(queue, 4);
    const unknown = { id: 'never-queued', fence: 1 };
    await queue.complete(leases.slice(0, 1));
    await queue.remove(idsOf(leases.slice(1, 2)));
    expect(await queue.complete([...leases, unknown])).toEqual([
      ...refsOf(leases.slice(0, 2)),
      unknown,
    ]);
    expect(await queue.depth()).toEqual([]);
  });

  test('of several that complete the same lease at the same time, one succeeds', async () => {
    const { queue } = subject;
    await queue.enqueue([anItem()]);
    const lease = await takeOne(queue);
    const answers = await Promise.all(Array.from({ length: 5 }, () => queue.complete([lease])));
    expect(answers.filter((lost) => lost.length === 0)).toHaveLength(1);
  });

  test('a ready item cannot be completed with the fence of its last lease', async () => {
    const { queue } = subject;
    await queue.enqueue([anItem()]);
    const lease = await takeOne(queue);
    await queue.release([lease]);
    expect(await queue.complete([lease])).toEqual(refsOf([lease]));
    expect(await take(queue)).toHaveLength(1);
  });

  test('leases past their time are listed, oldest first, until they are released', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(4));
    const third = await takeOne(queue, { leaseMs: 600 });
    const first = await takeOne(queue, { leaseMs: 50, workerId: 'dead' });
    const second = await takeOne(queue, { leaseMs: 300 });
    await takeOne(queue, { leaseMs: 60_000 });
    await setTimeout(700);

    expect(await queue.expired(10)).toEqual([first, second, third]);
    expect(await queue.expired(2)).toEqual([first, second]);

    await queue.release(await queue.expired(1));
    expect(await queue.expired(10)).toEqual([second, third]);
    expect((await takeOne(queue)).id).toBe(first.id);
  });

  test('an extended lease lives longer, counted from the extension', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(2));
    const [short, long] = [
      await takeOne(queue, { leaseMs: 100 }),
      await takeOne(queue, { leaseMs: 100 }),
    ];
    expect(await queue.extend([long], 60_000)).toEqual([]);
    await setTimeout(200);
    expect(idsOf(await queue.expired(10))).toEqual([short.id]);
  });

  test('a lease past its time can still be extended and completed while nobody released it', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(2));
    const leases = await take(queue, 2, { leaseMs: 10 });
    await setTimeout(50);
    expect(await queue.extend(leases.slice(0, 1), 60_000)).toEqual([]);
    expect(idsOf(await queue.expired(10))).toEqual(idsOf(leases.slice(1)));
    expect(await queue.complete(leases)).toEqual([]);
    expect(await queue.expired(10)).toEqual([]);
  });

  test('a released item is the first of its tenant’s line again', async () => {
    const { queue } = subject;
    const items = manyItems(3);
    await queue.enqueue(items);
    await queue.release([await takeOne(queue)]);
    expect(idsOf(await take(queue, 3))).toEqual(idsOf(items));
  });

  test('an item released for later comes back then, behind those that were ready', async () => {
    const { queue } = subject;
    const [retried, waiting] = manyItems(2) as [
      ReturnType<typeof anItem>,
      ReturnType<typeof anItem>,
    ];
    await queue.enqueue([retried, waiting]);
    await queue.release([{ ...(await takeOne(queue)), readyAt: inMs(100) }]);
    expect(await queue.depth()).toMatchObject([{ ready: 1, delayed: 1, leased: 0 }]);
    await setTimeout(200);
    expect(idsOf(await take(queue, 10))).toEqual([waiting.id, retried.id]);
  });

  test('an item can be removed whatever its state, and again', async () => {
    const { queue } = subject;
    const [leased, ready] = [anItem(), anItem()];
    const delayed = anItem({ readyAt: inMs(50) });
    await queue.enqueue([leased, ready, delayed]);
    const lease = await takeOne(queue);
    const ids = [...idsOf([leased, ready, delayed]), 'never-queued'];

    await queue.remove(ids);
    await queue.remove(ids);

    await setTimeout(100);
    expect(await take(queue, 10)).toEqual([]);
    expect(await queue.complete([lease])).toEqual(refsOf([lease]));
    expect(await queue.extend([lease], 1_000)).toEqual(refsOf([lease]));
    expect(await queue.depth()).toEqual([]);
  });

  test('a line emptied by removal is served again when something comes', async () => {
    const { queue } = subject;
    const [gone, next] = [anItem(), anItem()];
    await queue.enqueue([gone]);
    await queue.remove([gone.id]);
    expect(await take(queue)).toEqual([]);
    await queue.enqueue([next]);
    expect(idsOf(await take(queue))).toEqual([next.id]);
  });

  test('what workers hold is told, those that run out first before others', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(4));
    const late = await takeOne(queue, { workerId: 'one' });
    const soon = await takeOne(queue, { workerId: 'two', leaseMs: 30_000 });
    await takeOne(queue, { workerId: 'three' });
    const given = await takeOne(queue, { workerId: 'one' });
    await queue.release([given]);

    expect(await queue.heldBy(['one', 'two', 'nobody'], 10)).toEqual([soon, late]);
    expect(await queue.heldBy(['one', 'two'], 1)).toEqual([soon]);
    expect(await queue.heldBy([], 10)).toEqual([]);
  });
}
