import { leaseOf, MODEL, shortPatience, VIDEO_MODEL, WorkScenario } from '@imprest/testkit';
import { describe, expect, test } from 'vitest';
import { ModelBreakers } from './model-breakers.js';

const SECOND_MS = 1_000;
const breaker = {
  ...shortPatience.breaker,
  ...{ consecutive: 3, openSeconds: 30, longestOpenSeconds: 60 },
};

/** A model of which three attempts in a row have failed, with two more jobs that wait. */
async function broken(): Promise<WorkScenario> {
  const work = await WorkScenario.begin({ rules: { ...shortPatience, breaker } });
  for (let job = 0; job < 5; job += 1) await work.queued();
  for (const order of await work.lease({ limit: 3 })) await fail(work, leaseOf(order));
  await work.react();
  work.clock.advance(SECOND_MS);
  return work;
}

async function fail(work: WorkScenario, lease: ReturnType<typeof leaseOf>): Promise<void> {
  const failure = { failureClass: 'infrastructure', message: 'no GPU' } as const;
  await work.orchestration.leases.failed(lease, failure);
}

const breakersOf = ({ engines, clock }: WorkScenario) => new ModelBreakers(engines.store, clock);

describe('a model that fails too often', () => {
  test('gets no work, and every process knows', async () => {
    const work = await broken();

    expect(await work.lease()).toEqual([]);
    expect(await breakersOf(work).standing(MODEL)).toMatchObject({
      status: 'open',
      reason: '3 attempts in a row have failed',
    });
    expect(await work.history('modelBreaker', MODEL)).toEqual(['ModelBreakerOpened']);
  });

  test('does not keep other models from their work', async () => {
    const work = await broken();
    const video = {
      sourceGenerationId: 'req_1',
      ...{ sourceImage: 0, sourceAssetId: 'img_1', durationSeconds: 3 },
    };
    await work.queued({ images: 1, video });

    expect((await work.lease()).map(({ model }) => model)).toEqual([VIDEO_MODEL]);
  });

  test('gets one job to see, and all of them once it worked', async () => {
    const work = await broken();
    work.clock.advance(30 * SECOND_MS);

    const [probe, ...others] = await work.lease();
    expect(others).toEqual([]);
    expect(await work.lease()).toEqual([]);

    await work.render(probe!);
    await work.react();
    work.clock.advance(SECOND_MS);
    expect(await work.lease()).toHaveLength(4);
    expect((await breakersOf(work).standing(MODEL)).status).toBe('closed');
  });

  test('waits twice as long when the probe fails as well', async () => {
    const work = await broken();
    work.clock.advance(30 * SECOND_MS);
    await fail(work, leaseOf(await work.leaseOne()));
    await work.react();

    work.clock.advance(59 * SECOND_MS);
    expect(await work.lease()).toEqual([]);
    work.clock.advance(2 * SECOND_MS);
    expect(await work.lease()).toHaveLength(1);
  });

  test('stays closed for what callers do wrong', async () => {
    const work = await WorkScenario.begin({ rules: { ...shortPatience, breaker } });
    for (let job = 0; job < 4; job += 1) await work.queued();
    for (const order of await work.lease()) {
      const failure = { failureClass: 'user', message: 'unreadable reference' } as const;
      await work.orchestration.leases.failed(leaseOf(order), failure);
    }
    await work.react();

    expect(await breakersOf(work).all()).toEqual([]);
  });
});

test('history that comes again long after does not open a breaker', async () => {
  const work = await broken();
  const before = await work.history('modelBreaker', MODEL);
  work.clock.advance(3_600 * SECOND_MS);
  await work.replay();

  expect(await work.history('modelBreaker', MODEL)).toEqual(before);
});
