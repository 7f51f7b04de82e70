import { WorkScenario } from '@imprest/testkit';
import { expect, test, vi } from 'vitest';
import { GenerationRequests } from './generation-requests.js';
import { JobDeadlines } from './job-deadlines.js';
import { JobReconciler } from './job-reconciler.js';

const MINUTE_MS = 60_000;

function reconcilerOf({ engines, clock }: WorkScenario): JobReconciler {
  const { store, queue, deadlineQueue, checkpoints } = engines;
  const deadlines = new JobDeadlines(deadlineQueue, new GenerationRequests(store), clock);
  return new JobReconciler(store, queue, deadlines, checkpoints, clock);
}

test('jobs that the queue has lost come back, those that have ended do not', async () => {
  const work = await WorkScenario.begin();
  const [done, open, running] = [await work.queued(), await work.queued(), await work.queued()];
  await work.render(await work.leaseOne());
  await work.engines.queue.remove([done, open, running]);
  work.clock.advance(MINUTE_MS);
  await reconcilerOf(work).reconcile();
  expect((await work.lease()).map(({ jobId }) => jobId)).toEqual([open, running]);
});

test('a running job that the queue has lost is handed out anew, and the first worker has lost it', async () => {
  const work = await WorkScenario.begin();
  const id = await work.queued();
  const first = await work.leaseOne();
  await work.engines.queue.remove([id]);
  work.clock.advance(MINUTE_MS);
  await reconcilerOf(work).reconcile();
  const second = await work.leaseOne();
  expect(second).toMatchObject({ jobId: id, attempt: 2 });
  await expect(work.upload(first, 0)).rejects.toMatchObject({ error: { code: 'conflict' } });
});

test('a job in the queue is left as it is', async () => {
  const work = await WorkScenario.begin();
  await work.queued();
  const order = await work.leaseOne();
  work.clock.advance(MINUTE_MS);
  await reconcilerOf(work).reconcile();
  expect(await work.lease()).toEqual([]);
  expect(await work.render(order)).toBe('succeeded');
});

test('a job that was just queued is none of its business yet', async () => {
  const work = await WorkScenario.begin();
  const id = await work.queued();
  await work.engines.queue.remove([id]);
  await reconcilerOf(work).reconcile();
  expect(await work.lease()).toEqual([]);
});

test('a job is looked for again after ten minutes', async () => {
  const work = await WorkScenario.begin();
  const id = await work.queued();
  const reconciler = reconcilerOf(work);
  for (const minutes of [1, 10]) {
    work.clock.advance(minutes * MINUTE_MS);
    await work.engines.queue.remove([id]);
    await reconciler.reconcile();
    expect(await work.engines.queue.depth()).toMatchObject([{ ready: 1 }]);
  }
});

test('a new process begins to read at the oldest open job', async () => {
  const work = await WorkScenario.begin();
  for (let count = 0; count < 5; count += 1) await work.queued();
  for (const order of await work.lease({ limit: 4 })) await work.render(order);
  await reconcilerOf(work).reconcile();

  const readAll = vi.spyOn(work.engines.store, 'readAll');
  work.clock.advance(MINUTE_MS);
  const next = reconcilerOf(work);
  await next.reconcile();
  const [{ after }] = readAll.mock.calls[0] as [{ after: bigint }];
  expect(after).toBeGreaterThan(5n);
  const [last] = await work.lease();
  await work.render(last as NonNullable<typeof last>);
  await next.reconcile();
  expect(await work.engines.checkpoints.load('job-reconciler')).toBeGreaterThan(after);
});

test('a process that ends does not wait for a long log to be read', async () => {
  const work = await WorkScenario.begin();
  const id = await work.queued();
  await work.engines.queue.remove([id]);
  work.clock.advance(MINUTE_MS);
  const reconciler = reconcilerOf(work);
  await reconciler.reconcile(AbortSignal.abort());
  expect(await work.lease()).toEqual([]);
  await reconciler.reconcile();
  expect(await work.lease()).toHaveLength(1);
});
