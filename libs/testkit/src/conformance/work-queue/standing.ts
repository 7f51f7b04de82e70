import { defaultShare } from '@imprest/application';
import { expect, test } from 'vitest';
import { anItem, inMs, manyItems, take, takeOne } from './fixtures.js';
import type { WorkQueueSubject } from './subject.js';

export function standingConformance(subject: WorkQueueSubject): void {
  test('of what is not queued there is none', async () => {
    expect(await subject.queue.standing('never-queued')).toBeUndefined();
  });

  test('within a line is first come, first served', async () => {
    const { queue } = subject;
    const items = manyItems(5, { cost: 7 });
    await queue.enqueue(items);
    await takeOne(queue);
    expect(await queue.standing(items[4]?.id as string)).toMatchObject({
      ...{ tenantId: 'tenant', lane: 'lane', state: 'ready', cost: 7 },
      ...{ position: 4, costBefore: 21, share: 1, atCap: false, serving: 1, exact: true },
    });
  });

  test('of a leased item is 0, with nothing before it', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(3));
    const { id } = await takeOne(queue);
    expect(await queue.standing(id)).toMatchObject({ state: 'leased', position: 0, costBefore: 0 });
  });

  test('of a delayed item is at the end of its line, and tells when it will be ready', async () => {
    const { queue } = subject;
    const readyAt = inMs(60_000);
    const later = anItem({ readyAt });
    await queue.enqueue([later, ...manyItems(2)]);
    expect(await queue.standing(later.id)).toMatchObject({
      ...{ state: 'delayed', position: 3, readyAt },
    });
  });

  test('tells of a tenant that it is at its cap', async () => {
    const { queue } = subject;
    await queue.setShare('tenant', { ...defaultShare, cap: 1 });
    const [first, second] = manyItems(2);
    await queue.enqueue([first, second].flatMap((item) => item ?? []));
    const ofSecond = () => queue.standing(second?.id as string);
    expect(await ofSecond()).toMatchObject({ atCap: false });
    await take(queue);
    expect(await ofSecond()).toMatchObject({ atCap: true });
  });
}

/** Of several tenants: for queues that share fairly. */
export function fairStandingConformance(subject: WorkQueueSubject): void {
  test('counts of others what starts before it only', async () => {
    const { queue } = subject;
    await queue.enqueue(manyItems(1_000, { tenantId: 'big', cost: 10 }));
    const small = manyItems(3, { tenantId: 'small', cost: 10 });
    await queue.enqueue(small);
    const standing = await queue.standing(small[2]?.id as string);
    expect(standing?.share).toBe(0.5);
    expect(standing?.position).toBeGreaterThanOrEqual(4);
    expect(standing?.position).toBeLessThanOrEqual(6);
    expect(standing?.costBefore).toBe(((standing?.position ?? 0) - 1) * 10);
  });

  test('of a heavy tenant is sooner, and its share larger', async () => {
    const { queue } = subject;
    await queue.setShare('heavy', { ...defaultShare, weight: 3 });
    const [light, heavy] = ['light', 'heavy'].map((tenantId) => manyItems(40, { tenantId }));
    await queue.enqueue([...(light ?? []), ...(heavy ?? [])]);
    const ofLight = await queue.standing(light?.[9]?.id as string);
    const ofHeavy = await queue.standing(heavy?.[9]?.id as string);
    expect(ofLight?.share).toBe(0.25);
    expect(ofHeavy?.share).toBe(0.75);
    expect(ofLight?.position).toBeGreaterThanOrEqual(36);
    expect(ofHeavy?.position).toBeLessThanOrEqual(14);
  });

  test('is when its turn comes, if nobody else comes', async () => {
    const { queue } = subject;
    for (const [n, weight] of [1, 2, 4].entries()) {
      const tenantId = `tenant-${n}`;
      await queue.setShare(tenantId, { ...defaultShare, weight });
      await queue.enqueue(manyItems(20, { tenantId, cost: 1 + n }));
    }
    await take(queue, 7);
    const asked = manyItems(1, { tenantId: 'tenant-1', cost: 2 })[0] ?? anItem();
    await queue.enqueue([asked]);
    const place = (await queue.standing(asked.id))?.position ?? 0;
    let turn = 1;
    while ((await takeOne(queue)).id !== asked.id) turn += 1;
    expect(Math.abs(turn - place)).toBeLessThanOrEqual(3);
  });
}
