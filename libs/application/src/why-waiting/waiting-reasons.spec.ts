import { MODEL, twoModels, WorkScenario } from '@imprest/testkit';
import { expect, test } from 'vitest';
import { ModelBreakers } from '../model-breakers/model-breakers.js';
import { FleetView } from '../workers/fleet-view.js';
import { WaitingReasons } from './waiting-reasons.js';

function reasonsOf({ engines, runner, clock }: WorkScenario): WaitingReasons {
  const { store, queue } = engines;
  const breakers = new ModelBreakers(store, clock);
  const fleet = { current: async () => new FleetView([], twoModels) };
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

test('there is nothing to tell of what nobody asked for', async () => {
  const work = await WorkScenario.begin();

  await expect(reasonsOf(work).of('req_none')).rejects.toMatchObject({
    error: { code: 'not_found' },
  });
});
