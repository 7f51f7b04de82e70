import {
  aWorker,
  fixedClock,
  InMemoryWorkerRegistry,
  InMemoryWorkQueue,
  imageModel,
} from '@imprest/testkit';
import { expect, test } from 'vitest';
import { ScalingSignals } from './scaling-signals.js';

const entries = new Map([
  ['one', imageModel({ alias: 'one', providerModel: 'one-v1', loadSeconds: 20, warmFloor: 1 })],
  ['two', imageModel({ alias: 'two', providerModel: 'two-v1' })],
]);
const catalogue = { aliases: [...entries.keys()], resolve: (alias = 'one') => entries.get(alias) };

test('tells of each model what waits, who serves it and how many workers it should have', async () => {
  const clock = fixedClock();
  const registry = new InMemoryWorkerRegistry(clock);
  const queue = new InMemoryWorkQueue(clock);
  const provider = entries.get('one')?.provider ?? '';
  const worker = aWorker({ providers: [provider], slots: 2 });
  const residency = [{ provider, model: 'one-v1', at: 'loaded' } as const];
  await registry.register({ ...worker, id: 'gpu-1', residency }, 'active');
  await registry.register({ ...worker, id: 'gpu-2' }, 'active');
  await registry.register({ ...worker, id: 'gpu-3', residency }, 'draining');
  const jobs = Array.from({ length: 40 }, (_, n) => {
    return { id: `job-${n}`, tenantId: 'tenant', lane: 'one', cost: 10_000 };
  });
  await queue.enqueue(jobs);
  clock.advance(3_000);

  const signals = new ScalingSignals({ registry, queue, catalogue, targetWaitSeconds: 60 });
  const scaling = await signals.read();
  expect(scaling).toMatchObject({
    targetWaitSeconds: 60,
    workers: { active: 2, cordoned: 0, draining: 1, gone: 0 },
  });
  const [one, two] = scaling.models;
  expect(one).toEqual({
    model: 'one',
    ready: 40,
    leased: 0,
    waitingGpuMs: 400_000,
    oldestReadySeconds: 3,
    serving: 2,
    loaded: 1,
    idle: 1,
    // The warm one does 120 s of it within a minute, each other one 80 s of the 280 s that are left.
    desired: 5,
  });
  expect(two).toMatchObject({ model: 'two', ready: 0, serving: 2, loaded: 0, desired: 0 });
  expect((await signals.read(600)).models[0]?.desired).toBe(1);
});
