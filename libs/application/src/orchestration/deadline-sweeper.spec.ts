import { noDeadlines } from '@imprest/domain';
import { leaseOf, WorkScenario } from '@imprest/testkit';
import { describe, expect, test } from 'vitest';

const SECOND_MS = 1_000;

function inSeconds(work: WorkScenario, seconds: number): string {
  return new Date(work.clock.now().getTime() + seconds * SECOND_MS).toISOString();
}

async function atRest(work: WorkScenario): Promise<void> {
  await work.orchestration.deadlines.sweep();
  await work.react();
}

describe('work that nobody begins by startBy', () => {
  test('fails, says why, and gives every token back', async () => {
    const work = await WorkScenario.begin();
    const startBy = inSeconds(work, 60);
    const id = await work.queued({ images: 3 }, { ...noDeadlines, startBy });
    expect(await work.balance()).toEqual({ available: 970n, held: 30n });

    work.clock.advance(60 * SECOND_MS);
    await atRest(work);

    expect(await work.generation(id)).toMatchObject({
      status: 'failed',
      charged: '0',
      refunded: '30',
      error: {
        code: 'deadline_missed',
        message: `no worker began before startBy (${startBy}); nothing was charged`,
        retryable: true,
      },
    });
    expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
    expect(await work.lease()).toEqual([]);
    expect(work.missed).toEqual(['startBy']);
  });

  test('goes on when a worker began in time, however often it is tried', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued({}, { ...noDeadlines, startBy: inSeconds(work, 60) });
    const order = await work.leaseOne();
    const failure = { failureClass: 'infrastructure', message: 'no memory' } as const;
    await work.orchestration.leases.failed(leaseOf(order), failure);

    work.clock.advance(60 * SECOND_MS);
    await atRest(work);
    await work.render(await work.leaseOne());
    await work.react();

    expect(await work.generation(id)).toMatchObject({ status: 'succeeded', charged: '10' });
    expect(work.missed).toEqual([]);
  });
});

describe('work that is not done by finishBy', () => {
  test('fails while its worker is at it, whose heartbeat and result are told so', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued({}, { ...noDeadlines, finishBy: inSeconds(work, 20) });
    const order = await work.leaseOne();
    const receipt = await work.upload(order, 0);

    work.clock.advance(20 * SECOND_MS);
    await atRest(work);

    expect(await work.orchestration.leases.heartbeat(leaseOf(order))).toBe('cancelled');
    const result = { receipts: [receipt], lost: [] };
    await expect(work.orchestration.leases.rendered(leaseOf(order), result)).rejects.toMatchObject({
      error: { code: 'conflict' },
    });
    expect(await work.generation(id)).toMatchObject({
      status: 'failed',
      error: { code: 'deadline_missed' },
    });
    expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
    expect([...work.blobs.blobs.keys()]).toEqual([]);
  });
});

describe('a deadline', () => {
  test('that lies far ahead is watched once its work has been open for a while', async () => {
    const work = await WorkScenario.begin();
    const finishBy = inSeconds(work, 3_600);
    const id = await work.queued({}, { ...noDeadlines, finishBy });
    expect(await work.engines.deadlineQueue.depth()).toEqual([]);

    work.clock.advance(120 * SECOND_MS);
    await work.orchestration.reconciler.reconcile();
    expect(await work.engines.deadlineQueue.depth()).toMatchObject([{ delayed: 1 }]);

    work.clock.advance(3_600 * SECOND_MS);
    await atRest(work);
    expect((await work.generation(id)).error?.code).toBe('deadline_missed');
  });

  test('of work that has ended is forgotten', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued({}, { ...noDeadlines, finishBy: inSeconds(work, 60) });
    await work.render(await work.leaseOne());
    await work.react();

    work.clock.advance(60 * SECOND_MS);
    await atRest(work);

    expect((await work.generation(id)).status).toBe('succeeded');
    expect(await work.engines.deadlineQueue.depth()).toEqual([]);
  });

  test('comes again when a process ended between its fact and its item', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued({}, { ...noDeadlines, startBy: inSeconds(work, 60) });
    work.clock.advance(60 * SECOND_MS);
    const [taken] = await work.engines.deadlineQueue.lease({
      workerId: 'gone',
      limit: 1,
      leaseMs: 30_000,
    });
    expect(taken?.id).toBe(`${id}.startBy`);
    await atRest(work);
    expect((await work.generation(id)).status).toBe('queued');

    work.clock.advance(31 * SECOND_MS);
    await atRest(work);
    expect((await work.generation(id)).error?.code).toBe('deadline_missed');
    expect(await work.engines.deadlineQueue.depth()).toEqual([]);
  });
});
