import { twoModels, WorkScenario } from '@imprest/testkit';
import { describe, expect, test } from 'vitest';

const never = new AbortController().signal;

describe('a worker that asks for work', () => {
  test('gets it at once when there is some, up to its limit', async () => {
    const work = await WorkScenario.begin();
    for (let count = 0; count < 3; count += 1) await work.queued();
    expect(await work.lease({ limit: 2, waitMs: 10_000 })).toHaveLength(2);
    expect(await work.lease({ limit: 2 })).toHaveLength(1);
  });

  test('gets it as soon as it comes', async () => {
    const work = await WorkScenario.begin();
    const waiting = work.lease({ waitMs: 10_000 });
    const id = await work.queued();
    expect((await waiting).map(({ jobId }) => jobId)).toEqual([id]);
  });

  test('gets work of a model that came into the catalogue while it waited', async () => {
    let sold = 'motion-1';
    const catalogue = {
      ...twoModels,
      get aliases() {
        return [sold];
      },
    };
    const work = await WorkScenario.begin({ catalogue });
    const waiting = work.lease({ waitMs: 10_000, providers: ['painter'] });
    sold = 'landscape-1';
    const id = await work.queued();
    expect((await waiting).map(({ jobId }) => jobId)).toEqual([id]);
  });

  test('gets nothing when nothing comes in time', async () => {
    const work = await WorkScenario.begin();
    expect(await work.lease({ waitMs: 20 })).toEqual([]);
  });

  test('waits no longer when it goes away', async () => {
    const work = await WorkScenario.begin();
    const gone = new AbortController();
    const waiting = work.lease({ waitMs: 10_000, signal: gone.signal });
    gone.abort();
    expect(await waiting).toEqual([]);
  });

  test('that went away before the queue answered leaves the job to others, no attempt used', async () => {
    const work = await WorkScenario.begin();
    await work.queued();
    expect(await work.lease({ signal: AbortSignal.abort() })).toEqual([]);
    expect((await work.leaseOne()).attempt).toBe(1);
  });

  test('that went away while its order was made leaves the job to others at once', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued();
    const gone = new AbortController();
    const { run } = work.runner;
    work.runner.run = ((...args: Parameters<typeof run>) => {
      gone.abort();
      return run.apply(work.runner, args);
    }) as typeof run;
    expect(await work.lease({ signal: gone.signal })).toEqual([]);
    expect(await work.job(id)).toMatchObject({ status: 'queued' });
    work.clock.advance(500);
    expect((await work.leaseOne()).attempt).toBe(2);
  });

  test('is told when it can do nothing that is sold', async () => {
    const work = await WorkScenario.begin();
    await expect(work.lease({ providers: ['sculptor'] })).rejects.toMatchObject({
      error: { code: 'validation_error', field: 'providers' },
    });
    await expect(work.lease({ models: ['portrait-9'] })).rejects.toMatchObject({
      error: { code: 'validation_error', field: 'models' },
    });
  });

  test('gets work of its providers only', async () => {
    const models = ['landscape-1', 'portrait-1'];
    const catalogue = {
      ...twoModels,
      aliases: models,
      resolve: (alias = 'landscape-1') => {
        const entry = twoModels.resolve();
        const provider = alias === 'landscape-1' ? 'painter' : 'sculptor';
        return entry && models.includes(alias) ? { ...entry, alias, provider } : undefined;
      },
    };
    const work = await WorkScenario.begin({ catalogue });
    await work.queued();
    expect(await work.lease({ providers: ['sculptor'] })).toEqual([]);
    expect(await work.lease({ providers: ['painter', 'sculptor'] })).toHaveLength(1);
  });
});

describe('a job that cannot be handed out', () => {
  test('does not keep others from theirs', async () => {
    const work = await WorkScenario.begin();
    const [broken, sound] = [await work.queued(), await work.queued()];
    const { dataKeyId } = await work.generation(broken);
    const open = work.dataKeys.open.bind(work.dataKeys);
    work.dataKeys.open = async (ids) => {
      if (ids.includes(dataKeyId)) throw new Error('connection reset');
      return open(ids);
    };
    expect((await work.lease()).map(({ jobId }) => jobId)).toEqual([sound]);
    expect(work.troubles).toEqual(['handing out a job']);

    work.dataKeys.open = open;
    expect(await work.lease()).toEqual([]);
    work.clock.advance(5_000);
    expect(await work.leaseOne()).toMatchObject({ jobId: broken, attempt: 1 });
  });

  test('when nothing else could be handed out either, the worker hears of the trouble', async () => {
    const work = await WorkScenario.begin();
    await work.queued();
    work.dataKeys.open = () => Promise.reject(new Error('connection reset'));
    await expect(work.lease()).rejects.toThrow('connection reset');
  });

  test('because its content cannot be opened ends after its attempts', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued();
    const open = work.dataKeys.open.bind(work.dataKeys);
    work.dataKeys.open = async (ids) => {
      const keys = await open(ids);
      return new Map([...keys].map(([key]) => [key, { id: key, secret: new Uint8Array(32) }]));
    };
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await work.lease()).toEqual([]);
      work.clock.advance(500);
    }
    await work.react();
    expect(await work.generation(id)).toMatchObject({ status: 'failed', charged: '0' });
  });

  test('because its model has left the catalogue ends, although no worker asks for it', async () => {
    let sold = true;
    const catalogue = {
      ...twoModels,
      resolve: (alias?: string) => (sold ? twoModels.resolve(alias) : undefined),
    };
    const work = await WorkScenario.begin({ catalogue });
    const id = await work.queued();
    sold = false;
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await work.orchestration.mend();
      work.clock.advance(500);
    }
    await work.react();
    expect(await work.generation(id)).toMatchObject({ status: 'failed', charged: '0' });
    expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
  });
});

test('orders are made for as many workers as ask at once, each job for one', async () => {
  const work = await WorkScenario.begin();
  const waiting = Array.from({ length: 20 }, (_, n) =>
    work.lease({ workerId: `worker-${n}`, limit: 1, waitMs: 5_000, signal: never }),
  );
  for (let count = 0; count < 20; count += 1) await work.request();
  await work.react();
  const jobs = (await Promise.all(waiting)).flat().map(({ jobId }) => jobId);
  expect(new Set(jobs).size).toBe(20);
});
