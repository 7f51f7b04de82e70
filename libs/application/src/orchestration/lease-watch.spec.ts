import { noDeadlines } from '@imprest/domain';
import { leaseOf, WorkScenario } from '@imprest/testkit';
import { expect, test } from 'vitest';

const { signal } = new AbortController();
const patient = { waitMs: 20_000, signal };

test('a worker hears at once that its work was cancelled, and the tokens are back', async () => {
  const work = await WorkScenario.begin();
  const id = await work.queued();
  const order = await work.leaseOne();
  const began = performance.now();
  const heard = work.orchestration.leases.watch(leaseOf(order), patient);

  await work.cancel(id);
  await work.react();

  expect(await heard).toBe('cancelled');
  expect(performance.now() - began).toBeLessThan(patient.waitMs / 2);
  expect(await work.generation(id)).toMatchObject({ status: 'cancelled', refunded: '10' });
  expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
});

test('a worker hears at once that its work missed its deadline', async () => {
  const work = await WorkScenario.begin();
  const finishBy = new Date(work.clock.now().getTime() + 60_000).toISOString();
  await work.queued({}, { ...noDeadlines, finishBy });
  const order = await work.leaseOne();
  const heard = work.orchestration.leases.watch(leaseOf(order), patient);

  work.clock.advance(60_000);
  await work.orchestration.deadlines.sweep();

  expect(await heard).toBe('cancelled');
});

test('a worker that hears nothing still has its lease', async () => {
  const work = await WorkScenario.begin();
  await work.queued();
  const lease = leaseOf(await work.leaseOne());

  expect(await work.orchestration.leases.watch(lease, { waitMs: 0, signal })).toBe('held');
  const older = { ...lease, fence: lease.fence - 1 };
  expect(await work.orchestration.leases.watch(older, patient)).toBe('lost');
});
