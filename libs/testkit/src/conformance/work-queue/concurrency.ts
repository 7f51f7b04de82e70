import { setTimeout } from 'node:timers/promises';
import type { Lease, WorkQueue } from '@imprest/application';
import { expect, test } from 'vitest';
import { anItem, idsOf, manyItems, refsOf, take, takeOne } from './fixtures.js';
import type { WorkQueueSubject } from './subject.js';

async function drain(queue: WorkQueue, workerId: string, limit: number): Promise<Lease[]> {
  const done: Lease[] = [];
  for (;;) {
    const leases = await take(queue, limit, { workerId });
    if (leases.length === 0) return done;
    expect(await queue.complete(leases)).toEqual([]);
    done.push(...leases);
  }
}

export function concurrencyConformance(subject: WorkQueueSubject): void {
  test('10,000 items drained by several processes are leased once each', async () => {
    const queues = [subject.queue, await subject.connect(), await subject.connect()];
    const items = manyItems(10_000).map((item, n) => ({
      ...item,
      tenantId: `tenant-${n % 7}`,
      lane: `lane-${n % 3}`,
    }));
    await Promise.all(
      queues.map((queue, n) => queue.enqueue(items.filter((_, i) => i % queues.length === n))),
    );

    const limits = [1, 1, 7, 64, 256, 256];
    const drained = await Promise.all(
      limits.map((limit, n) => drain(queues[n % 3] as WorkQueue, `worker-${n}`, limit)),
    );

    expect(idsOf(drained.flat()).sort()).toEqual(idsOf(items).sort());
    for (const [n, leases] of drained.entries()) {
      expect(new Set(leases.map(({ workerId }) => workerId))).toEqual(
        leases.length === 0 ? new Set() : new Set([`worker-${n}`]),
      );
    }
    expect(await subject.queue.depth()).toEqual([]);
  });

  test('workers of one process that ask at the same time get different items', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(50, { lane: 'a' }));
    await queue.enqueue(manyItems(50, { lane: 'b' }));
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, n) => {
        const lanes = [['a'], ['b'], undefined][n % 3];
        return take(queue, 1, { workerId: `worker-${n}`, ...(lanes && { lanes }) });
      }),
    );
    for (const [n, leases] of answers.entries()) {
      for (const lease of leases) {
        expect(lease.workerId).toBe(`worker-${n}`);
        if (n % 3 < 2) expect(lease.lane).toBe('ab'[n % 3]);
      }
    }
    const ids = idsOf(answers.flat());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(100);
  });

  test('items of a process that died come back by expiry, and its late answer is refused', async () => {
    const dying = await subject.connect();
    const survivor = subject.queue;
    await survivor.enqueue(manyItems(3));
    const lost = await take(dying, 3, { workerId: 'dying', leaseMs: 50 });
    await dying.close();
    expect(await take(survivor, 3)).toEqual([]);
    await setTimeout(120);

    const expired = await survivor.expired(10);
    expect(idsOf(expired).sort()).toEqual(idsOf(lost).sort());
    await survivor.release(expired);
    const held = await take(survivor, 3, { workerId: 'survivor' });

    expect(idsOf(held)).toEqual(idsOf(lost));
    for (const [n, lease] of held.entries()) {
      expect(lease.fence).toBeGreaterThan(lost[n]?.fence as number);
    }
    expect(await survivor.complete(lost)).toEqual(refsOf(lost));
    expect(await survivor.complete(held)).toEqual([]);
  });

  test('the same items queued by several processes at the same time are queued once', async () => {
    const queues = [subject.queue, await subject.connect()];
    const items = manyItems(300);
    await Promise.all(
      [0, 1, 0, 1].map((n) =>
        (queues[n] as WorkQueue).enqueue(n === 0 ? items : items.toReversed()),
      ),
    );
    const leases = await take(subject.queue, 1_000);
    expect(idsOf(leases).sort()).toEqual(idsOf(items).sort());
  });

  test('everything at once on the same items, by two processes, ends without an error', async () => {
    const queues = [subject.queue, await subject.connect()];
    const items = manyItems(60);
    await subject.queue.enqueue(items);
    await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const queue = queues[n % 2] as WorkQueue;
        const leases = await take(queue, 7);
        const backwards = leases.toReversed();
        await Promise.all([
          queue.extend(leases, 1_000),
          queue.release(backwards.slice(0, 2)),
          queue.complete(leases.slice(2, 4)),
          queue.remove(idsOf(items.slice(n, n + 2))),
          queue.enqueue(items.slice(n, n + 9)),
        ]);
      }),
    );
    await subject.queue.remove(idsOf(items));
    expect(await subject.queue.depth()).toEqual([]);
  });

  test('close answers what is under way and refuses what comes later', async () => {
    const queue = await subject.connect();
    const item = anItem();
    const queued = queue.enqueue([item]);
    await queue.close();
    await queue.close();
    await queued;
    expect((await takeOne(subject.queue)).id).toBe(item.id);
    await expect(queue.enqueue([anItem()])).rejects.toThrow(/closed/);
    await expect(take(queue)).rejects.toThrow(/closed/);
    await expect(queue.depth()).rejects.toThrow(/closed/);
  });
}
