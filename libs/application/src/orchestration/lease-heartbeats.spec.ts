import { leaseOf, WorkScenario } from '@imprest/testkit';
import { expect, test } from 'vitest';

async function beating() {
  const work = await WorkScenario.begin();
  await work.queued();
  const order = await work.leaseOne();
  const beat = async (fraction: number, afterMs: number) => {
    work.clock.advance(afterMs);
    await work.orchestration.leases.heartbeat(leaseOf(order), fraction);
  };
  const progressed = async () =>
    (await work.history('job', order.jobId)).filter((type) => type === 'JobProgressed').length;
  return { work, order, beat, progressed };
}

test('progress is recorded in steps of 5 % at least', async () => {
  const { beat, progressed } = await beating();
  for (let percent = 1; percent <= 20; percent += 1) await beat(percent / 100, 600);
  expect(await progressed()).toBe(4);
});

test('progress is recorded twice a second at most', async () => {
  const { beat, progressed } = await beating();
  for (let percent = 10; percent <= 100; percent += 10) await beat(percent / 100, 100);
  expect(await progressed()).toBe(2);
});

test('progress that goes back is not recorded', async () => {
  const { beat, progressed, work, order } = await beating();
  await beat(0.5, 600);
  await beat(0.2, 600);
  expect(await progressed()).toBe(1);
  expect((await work.job(order.jobId)).fraction).toBe(0.5);
});

test('an item that the queue has lost is a lost lease', async () => {
  const { work, order } = await beating();
  await work.engines.queue.remove([order.jobId]);
  expect(await work.orchestration.leases.heartbeat(leaseOf(order))).toBe('lost');
});

test('a job that never was is a lost lease', async () => {
  const { work } = await beating();
  expect(await work.orchestration.leases.heartbeat({ id: 'req_none', fence: 1 })).toBe('lost');
});
