import { setTimeout } from 'node:timers/promises';
import { defaultShare } from '@imprest/application';
import { expect, test } from 'vitest';
import { anItem, inMs, manyItems, take } from './fixtures.js';
import type { WorkQueueSubject } from './subject.js';

/** What operators see of the queue. */
export function linesConformance(subject: WorkQueueSubject): void {
  test('each tenant has a line in each lane, the one that waits longest first', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(2, { tenantId: 'early', lane: 'a', cost: 5 }));
    await setTimeout(30);
    await queue.enqueue([anItem({ tenantId: 'late', lane: 'b' })]);
    await queue.enqueue([anItem({ tenantId: 'early', lane: 'b', readyAt: inMs(60_000) })]);
    const share = { weight: 2.5, cap: 7, priority: 3 };
    await queue.setShare('late', share);

    const [first, second, third, ...others] = await queue.lines(10);
    expect(first).toMatchObject({ tenantId: 'early', lane: 'a', ready: 2, readyCost: 10 });
    expect(first?.share).toEqual(defaultShare);
    expect(second).toMatchObject({ tenantId: 'late', lane: 'b', ready: 1, share });
    expect(third).toMatchObject({ tenantId: 'early', lane: 'b', ready: 0, delayed: 1 });
    expect(others).toEqual([]);
    expect(await queue.lines(1)).toHaveLength(1);
  });

  test('leases are counted by tenant', async () => {
    const { queue } = subject;
    expect(await queue.serving()).toEqual(new Map());
    await queue.enqueue([
      ...manyItems(2, { tenantId: 'one', lane: 'a' }),
      ...manyItems(3, { tenantId: 'one', lane: 'b' }),
      ...manyItems(1, { tenantId: 'other', lane: 'b' }),
    ]);
    const leases = await take(queue, 6);
    expect(await queue.serving()).toEqual(
      new Map([
        ['one', 5],
        ['other', 1],
      ]),
    );
    await queue.complete(leases.filter(({ tenantId }) => tenantId === 'other'));
    expect(await queue.serving()).toEqual(new Map([['one', 5]]));
  });
}
