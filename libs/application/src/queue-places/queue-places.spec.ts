import { fixedClock, InMemoryCostHistory, InMemoryWorkQueue, twoModels } from '@imprest/testkit';
import { generationParameters } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { WorkCosts } from '../work-costs/index.js';
import { FleetView } from '../workers/fleet-view.js';
import { QueuePlaces } from './queue-places.js';

const MODEL = 'landscape-1';
const parameters = generationParameters({ width: 1_000, height: 1_000, images: 1 });
const asked = (id: string) => ({ id, model: MODEL, parameters });
const worker = (slots: number, state: 'active' | 'draining') => ({
  ...{ id: `worker-${slots}`, session: '1', models: null, providers: null, vramBytes: null },
  ...{ slots, labels: {}, version: null, residency: [], state, usedSlots: 0 },
  ...{ registeredAt: new Date(0), seenAt: new Date(0) },
});

/** Ten queued jobs of a second each, `job-0` first. */
async function tenQueued(slots: number) {
  const clock = fixedClock();
  const queue = new InMemoryWorkQueue(clock);
  await queue.enqueue(
    Array.from({ length: 10 }, (_, n) => ({
      ...{ id: `job-${n}`, tenantId: `tenant-${n % 2}`, lane: MODEL, cost: 1_000 },
    })),
  );
  const workers = slots === 0 ? [worker(8, 'draining')] : [worker(slots, 'active')];
  const fleet = { current: async () => new FleetView(workers, twoModels) };
  const history = new InMemoryCostHistory();
  const costs = new WorkCosts({ history, catalogue: twoModels, clock });
  await costs.learn(MODEL, 1, 1_000);
  let asks = 0;
  const counted = {
    standing: (id: string) => {
      asks += 1;
      return queue.standing(id);
    },
  };
  const places = new QueuePlaces({ queue: counted, costs, fleet, catalogue: twoModels, clock });
  return { clock, queue, places, asks: () => asks };
}

const in_ = (clock: { now(): Date }, ms: number) =>
  new Date(clock.now().getTime() + ms).toISOString();

describe('the place of a queued generation', () => {
  test('says how many are before it, its share, and when it will start and finish', async () => {
    const { places, queue, clock } = await tenQueued(2);
    await queue.lease({ workerId: 'w', limit: 2, leaseMs: 60_000 });
    expect(await places.of(asked('job-5'))).toEqual({
      position: 4,
      share: 0.5,
      estimatedStart: in_(clock, 1_833),
      estimatedFinish: in_(clock, 2_833),
      errorSeconds: 1,
      atCap: false,
    });
  });

  test('has no time while no active worker serves its model', async () => {
    const { places } = await tenQueued(0);
    const unknown = { estimatedStart: null, estimatedFinish: null, errorSeconds: null };
    expect(await places.of(asked('job-5'))).toMatchObject({ position: 6, ...unknown });
  });

  test('is none of what is leased, or not queued', async () => {
    const { places, queue } = await tenQueued(2);
    await queue.lease({ workerId: 'w', limit: 1, leaseMs: 60_000 });
    expect(await places.of(asked('job-0'))).toBeUndefined();
    expect(await places.of(asked('unheard-of'))).toBeUndefined();
  });

  test('is asked for once a second, however many want to know', async () => {
    const { places, asks, clock } = await tenQueued(2);
    await Promise.all(Array.from({ length: 50 }, () => places.of(asked('job-5'))));
    expect(asks()).toBe(1);
    clock.advance(1_000);
    await places.of(asked('job-5'));
    expect(asks()).toBe(2);
  });

  test('is left out when too many are asked for at the same time', async () => {
    const { places, asks } = await tenQueued(2);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => places.of(asked(`job-${n}`))),
    );
    expect(asks()).toBe(4);
    expect(answers.filter((place) => place === undefined)).toHaveLength(6);
  });

  test('is left out while the queue does not answer', async () => {
    const { places, queue } = await tenQueued(2);
    queue.standing = () => Promise.reject(new Error('the server is away'));
    expect(await places.of(asked('job-5'))).toBeUndefined();
  });
});
