import { MODEL, twoModels, WorkScenario } from '@imprest/testkit';
import { expect, test } from 'vitest';
import { ModelBreakers } from '../model-breakers/model-breakers.js';
import type { RegisteredWorker } from '../ports/worker-registry.js';
import { FleetView } from '../workers/fleet-view.js';
import { WaitingReasons } from './waiting-reasons.js';

const worker: RegisteredWorker = {
  ...{ id: 'worker-1', session: '1', models: null, providers: null, vramBytes: null, slots: 1 },
  ...{ labels: {}, version: null, residency: [], state: 'active', usedSlots: 0 },
  ...{ registeredAt: new Date(0), seenAt: new Date(0) },
};

function reasonsOf(
  { engines, runner, clock }: WorkScenario,
  workers: RegisteredWorker[] = [],
): WaitingReasons {
  const { store, queue } = engines;
  const breakers = new ModelBreakers(store, clock);
  const fleet = { current: async () => new FleetView(workers, twoModels) };
  return new WaitingReasons({ runner, store, queue, fleet, catalogue: twoModels, breakers, clock });
}

test('a job tells why it waits, who is at it, and that it does not wait any more', async () => {
  const work = await WorkScenario.begin();
  const id = await work.queued();
  const why = reasonsOf(work);
  expect(await why.of(id)).toMatchObject({
    ...{ id, model: MODEL, status: 'queued', attempts: 0, workerId: null, position: 1 },
    reasons: [{ reason: 'no_worker' }],
  });

  const order = await work.leaseOne();
  expect(await why.of(id)).toMatchObject({ status: 'leased', workerId: 'worker-1', reasons: [] });

  await work.render(order);
  await work.react();
  expect(await why.of(id)).toMatchObject({ status: 'succeeded', reasons: [] });
});

test('a tenant is told no time while something other than the line holds the work', async () => {
  const work = await WorkScenario.begin();
  const at = '2026-01-15T09:00:00.000Z';
  const told = { position: 2, share: 1, estimatedStart: at, estimatedFinish: at, errorSeconds: 1 };
  const line = { ...told, atCap: false, readyAt: undefined };
  const unknown = { estimatedStart: null, estimatedFinish: null, errorSeconds: null };

  expect(await reasonsOf(work).forTenant({ model: MODEL }, line)).toMatchObject({
    ...{ queue: { ...told, ...unknown }, waiting: { reason: 'no_worker' } },
  });
  const served = reasonsOf(work, [worker]);
  expect(await served.forTenant({ model: MODEL }, line)).toMatchObject({
    ...{ queue: told, waiting: { reason: 'behind_others' } },
  });
  expect(await served.forTenant({ model: MODEL }, { ...line, atCap: true })).toEqual({
    queue: { ...told, ...unknown },
    waiting: { reason: 'share_used_up', message: expect.any(String) },
  });
});

test('there is nothing to tell of what nobody asked for', async () => {
  const work = await WorkScenario.begin();

  await expect(reasonsOf(work).of('req_none')).rejects.toMatchObject({
    error: { code: 'not_found' },
  });
});
