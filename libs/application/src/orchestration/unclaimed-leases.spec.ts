import { leaseOf, WorkScenario } from '@imprest/testkit';
import { expect, test } from 'vitest';

const worker = { workerId: 'gpu-1', session: 'first' };

test('a worker that leaves gives back at once what it never had, and keeps what it names', async () => {
  const work = await WorkScenario.begin();
  await work.queued();
  const kept = await work.leaseOne(worker);
  const lost = await work.queued();
  await work.leaseOne(worker);

  await work.orchestration.presence.leave({ ...worker, held: [leaseOf(kept)] });
  expect(await work.leaseOne()).toMatchObject({ jobId: lost, attempt: 2 });
  expect(await work.render(kept)).toBe('succeeded');
  expect(work.outcomes).toEqual(['unclaimed', 'succeeded']);
});

test('a worker that leaves says nothing about those that another process has under its name', async () => {
  const work = await WorkScenario.begin();
  await work.queued();
  const order = await work.leaseOne({ ...worker, session: 'second' });
  await work.orchestration.presence.leave({ ...worker, held: [] });
  await work.orchestration.presence.leave({ workerId: worker.workerId, held: [] });
  expect(await work.orchestration.leases.heartbeat(leaseOf(order))).toBe('held');
});

test('a worker that names no session gives back what it never had as well', async () => {
  const work = await WorkScenario.begin();
  const id = await work.queued();
  await work.leaseOne({ workerId: 'gpu-1' });
  await work.orchestration.presence.leave({ workerId: 'gpu-1', held: [] });
  expect((await work.leaseOne()).jobId).toBe(id);
});

test('a lease is written down under the name of the worker, without its session', async () => {
  const work = await WorkScenario.begin();
  const id = await work.queued();
  await work.leaseOne(worker);
  expect(await work.job(id)).toMatchObject({ status: 'leased', workerId: 'gpu-1' });
});
