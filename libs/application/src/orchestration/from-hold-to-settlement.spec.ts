import { leaseOf, WorkScenario } from '@imprest/testkit';
import { describe, expect, test } from 'vitest';

describe('from a hold to a settled hold', () => {
  test('a hold makes a job, the job an order, the images a charge', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued({ images: 2 });
    expect(await work.balance()).toEqual({ available: 980n, held: 20n });

    const order = await work.leaseOne();
    await work.react();
    expect((await work.generation(id)).status).toBe('processing');
    expect(await work.render(order)).toBe('succeeded');
    await work.react();

    const view = await work.generation(id);
    expect(view).toMatchObject({ status: 'succeeded', charged: '20', refunded: '0', lost: [] });
    expect(view.images.map(({ index }) => index)).toEqual([0, 1]);
    expect(await work.balance()).toEqual({ available: 980n, held: 0n });
    expect(await work.engines.queue.depth()).toEqual([]);
    expect(work.outcomes).toEqual(['succeeded']);
  });

  test('an order holds all that a worker needs', async () => {
    const work = await WorkScenario.begin();
    const parameters = { images: 3, seed: 7, referencesCount: 1, width: null, height: null };
    const jobId = await work.queued({ ...parameters, aspectRatio: 'auto', watermark: true });
    expect(await work.leaseOne({ workerId: 'gpu-1' })).toEqual({
      jobId,
      fence: expect.any(Number),
      leaseSeconds: 30,
      attempt: 1,
      model: 'landscape-1',
      provider: 'painter',
      providerModel: 'painter-v1',
      prompt: 'a mountain lake at sunrise',
      seed: 7,
      width: null,
      height: null,
      size: '2K',
      aspectRatio: 'auto',
      images: 3,
      sequential: false,
      guidanceScale: 7.5,
      previews: true,
      watermark: true,
      mediaType: 'image/png',
      references: ['https://images.example.com/1.png'],
    });
    expect(await work.job(jobId)).toMatchObject({
      status: 'leased',
      workerId: 'gpu-1',
      attempt: 1,
    });
  });

  test('an image that storage lost is not charged', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued({ images: 3 });
    await work.render(await work.leaseOne(), [0, 2], [1]);
    await work.react();
    const view = await work.generation(id);
    expect(view).toMatchObject({ status: 'succeeded', charged: '20', refunded: '10', lost: [1] });
    expect(await work.balance()).toEqual({ available: 980n, held: 0n });
  });

  test('a series that became shorter is charged by what was made', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued({ images: 4, sequential: true });
    await work.render(await work.leaseOne(), [0, 1]);
    await work.react();
    const view = await work.generation(id);
    expect(view).toMatchObject({ status: 'succeeded', charged: '20', refunded: '20', lost: [] });
    expect(await work.balance()).toEqual({ available: 980n, held: 0n });
  });

  test.each([
    ['user', 'validation_error', false],
    ['moderation', 'content_policy', false],
    ['model', 'provider_error', false],
    ['infrastructure', 'provider_error', true],
    ['timeout', 'provider_timeout', true],
  ] as const)(
    'a job that fails for good as %s fails its generation as %s and releases the hold',
    async (failureClass, code, retryable) => {
      const work = await WorkScenario.begin();
      const id = await work.queued();
      for (let left = 5; left > 0 && (await work.job(id)).status === 'queued'; left -= 1) {
        const order = await work.leaseOne();
        const failure = { failureClass, message: 'image_1 is larger than 10 MB' };
        await work.orchestration.leases.failed(leaseOf(order), failure);
        work.clock.advance(500);
      }
      await work.react();
      const view = await work.generation(id);
      expect(view).toMatchObject({ status: 'failed', charged: '0', refunded: '10' });
      expect(view.error).toMatchObject({ code, retryable });
      expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
      expect(await work.engines.queue.depth()).toEqual([]);
    },
  );

  test('only what the caller must change is told in the words of the worker', async () => {
    const work = await WorkScenario.begin();
    const messages: (string | undefined)[] = [];
    for (const failureClass of ['user', 'moderation'] as const) {
      const id = await work.queued();
      const failure = { failureClass, message: 'node 10.0.0.7 said no' };
      await work.orchestration.leases.failed(leaseOf(await work.leaseOne()), failure);
      await work.react();
      messages.push((await work.generation(id)).error?.message);
    }
    expect(messages).toEqual([
      'node 10.0.0.7 said no',
      'the images break the content policy; nothing was charged',
    ]);
  });
});

describe('cancelling', () => {
  test('while queued releases the hold, and no worker gets the job', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued();
    await work.cancel(id);
    await work.react();
    expect(await work.lease()).toEqual([]);
    expect(await work.job(id)).toMatchObject({ status: 'cancelled', attempt: 0 });
    expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
  });

  test('while running is told at the next heartbeat; the result does not count and is erased', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued({ images: 2 });
    const order = await work.leaseOne();
    const receipts = [await work.upload(order, 0)];
    await work.cancel(id);
    await work.react();

    expect(await work.orchestration.leases.heartbeat(leaseOf(order), 0.5)).toBe('cancelled');
    await expect(work.upload(order, 1)).rejects.toMatchObject({
      error: { code: 'conflict', details: { reason: 'cancelled' } },
    });
    const late = work.orchestration.leases.rendered(leaseOf(order), { receipts, lost: [] });
    await expect(late).rejects.toMatchObject({ error: { details: { reason: 'cancelled' } } });
    await work.react();

    expect(await work.generation(id)).toMatchObject({ status: 'cancelled', charged: '0' });
    expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
    expect(work.blobs.blobs.size).toBe(0);
  });

  test('after the job was done but before its generation knew: nothing is charged, images are erased', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued();
    await work.render(await work.leaseOne());
    await work.cancel(id);
    await work.react();
    expect(await work.generation(id)).toMatchObject({ status: 'cancelled', images: [] });
    expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
    expect(work.blobs.blobs.size).toBe(0);
  });

  test('before the hold was made: the hold is released all the same, and no work is done', async () => {
    const work = await WorkScenario.begin();
    const id = await work.ask();
    await work.cancel(id);
    await work.react();
    await work.hold(id);
    await work.react();
    expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
    expect(await work.job(id)).toMatchObject({ status: 'cancelled' });
    expect(await work.engines.queue.depth()).toEqual([]);
  });

  test('that the worker meets before the reactors do ends the job at the lease', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued();
    await work.cancel(id);
    expect(await work.lease()).toEqual([]);
    expect(await work.job(id)).toMatchObject({ status: 'cancelled' });
    expect(await work.engines.queue.depth()).toEqual([]);
  });

  test('work whose content was erased is given up, and so is its generation', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued();
    await work.dataKeys.destroy([(await work.generation(id)).dataKeyId]);
    expect(await work.lease()).toEqual([]);
    await work.react();
    expect((await work.generation(id)).status).toBe('cancelled');
    expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
  });
});
