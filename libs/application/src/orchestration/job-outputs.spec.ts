import { imageOf, leaseOf, WorkScenario } from '@imprest/testkit';
import { describe, expect, test } from 'vitest';

/** Blobs of one image in storage. */
const IMAGE_AND_THUMBNAIL = 2;

async function leased(parameters: Parameters<WorkScenario['queued']>[0] = {}) {
  const work = await WorkScenario.begin();
  await work.queued(parameters);
  const order = await work.leaseOne();
  const put = (index: number, bytes: Uint8Array) =>
    work.orchestration.leases.output(leaseOf(order), index, bytes);
  return { work, order, put };
}

const invalid = (field: string) => ({
  error: { code: 'validation_error', message: expect.stringMatching(new RegExp(`^${field}`)) },
});

describe('an uploaded image', () => {
  test('becomes part of the record with its facts as the server saw them', async () => {
    const { work, order } = await leased();
    await work.render(order);
    await work.react();
    const [image] = (await work.generation(order.jobId)).images;
    expect(image).toMatchObject({ index: 0, mediaType: 'image/png', width: 2560, height: 1440 });
    const asset = await work.assets.open(image?.assetId ?? '');
    expect(asset).toMatchObject({ keyId: image?.dataKeyId, size: image?.bytes });
  });

  test.each([
    ['is no image', Buffer.from('<svg/>')],
    ['has another size than ordered', imageOf(1440, 2560)],
    ['has another type than ordered', imageOf(2560, 1440, '', 'image/jpeg')],
  ])('that %s is refused', async (_, bytes) => {
    const { put, work } = await leased();
    await expect(put(0, bytes)).rejects.toMatchObject(invalid('image'));
    expect(work.blobs.blobs.size).toBe(0);
  });

  test.each([-1, 2, 0.5])('at index %s of two is refused', async (index) => {
    const { put } = await leased({ images: 2 });
    await expect(put(index, imageOf(2560, 1440))).rejects.toMatchObject(invalid('index'));
  });

  test('may have any shape of its preset when the first reference decides', async () => {
    const shape = { width: null, height: null, aspectRatio: 'auto', referencesCount: 1 } as const;
    const { put } = await leased({ ...shape, images: 3 });
    await put(0, imageOf(2048, 2048));
    await put(1, imageOf(1440, 2560));
    await expect(put(2, imageOf(4096, 4096))).rejects.toMatchObject(invalid('image'));
  });

  test('sent twice is stored once, and its newer receipt counts', async () => {
    const { work, order } = await leased();
    await work.upload(order, 0);
    const receipts = [await work.upload(order, 0)];
    expect(work.blobs.blobs.size).toBe(IMAGE_AND_THUMBNAIL);
    await work.orchestration.leases.rendered(leaseOf(order), { receipts, lost: [] });
    await work.react();
    expect(await work.generation(order.jobId)).toMatchObject({ status: 'succeeded', lost: [] });
  });

  test('that storage does not take is answered as lost, after some tries', async () => {
    const { work, order } = await leased();
    let tries = 0;
    work.blobs.put = async () => {
      tries += 1;
      throw new Error('disk full');
    };
    await expect(work.upload(order, 0)).rejects.toMatchObject({
      error: { code: 'unavailable', details: { reason: 'storage_failed' } },
    });
    expect(tries).toBe(3);
  });

  test('that storage takes at the second try is no trouble', async () => {
    const { work, order } = await leased();
    const { blobs } = work;
    const put = blobs.put.bind(blobs);
    let tries = 0;
    blobs.put = async (...blob) => {
      tries += 1;
      if (tries === 1) throw new Error('disk busy');
      await put(...blob);
    };
    expect(await work.render(order)).toBe('succeeded');
  });

  test('that is gone from storage when the result comes is not charged', async () => {
    const { work, order } = await leased({ images: 2 });
    const receipts = [await work.upload(order, 0), await work.upload(order, 1)];
    const [gone] = work.blobs.blobs.keys();
    work.blobs.blobs.delete(gone ?? '');
    await work.orchestration.leases.rendered(leaseOf(order), { receipts, lost: [] });
    await work.react();
    const view = await work.generation(order.jobId);
    expect(view).toMatchObject({ charged: '10', refunded: '10', lost: [0] });
  });

  test('whose lease is lost while it is being stored is erased again', async () => {
    const { work, order } = await leased();
    const put = work.blobs.put.bind(work.blobs);
    work.blobs.put = async (...blob) => {
      await put(...blob);
      work.clock.advance(30_000);
      await work.orchestration.sweeper.sweep();
    };
    await expect(work.upload(order, 0)).rejects.toMatchObject({
      error: { details: { reason: 'lease_lost' } },
    });
    expect(work.blobs.blobs.size).toBe(0);
  });
});

describe('an attempt without images', () => {
  test('that made none is a failure of the model', async () => {
    const { work, order } = await leased();
    expect(await work.render(order, [])).toBe('retrying');
    expect(work.outcomes).toEqual(['model']);
  });

  test('of which storage took none is tried again', async () => {
    const { work, order } = await leased({ images: 2 });
    expect(await work.render(order, [], [0, 1])).toBe('retrying');
    expect(work.outcomes).toEqual(['infrastructure']);
  });
});

describe('an outcome reported twice', () => {
  test('is answered twice and charged once', async () => {
    const { work, order } = await leased();
    const receipts = [await work.upload(order, 0)];
    const report = () => work.orchestration.leases.rendered(leaseOf(order), { receipts, lost: [] });
    expect([await report(), await report()]).toEqual(['succeeded', 'succeeded']);
    await work.react();
    expect(await work.balance()).toEqual({ available: 990n, held: 0n });
    expect(work.outcomes).toEqual(['succeeded']);
  });

  test('as a failure uses one attempt', async () => {
    const { work, order } = await leased();
    const failure = { failureClass: 'model', message: 'not a number' } as const;
    const report = () => work.orchestration.leases.failed(leaseOf(order), failure);
    expect([await report(), await report()]).toEqual(['retrying', 'retrying']);
    expect((await work.job(order.jobId)).attempt).toBe(1);
    expect(work.outcomes).toEqual(['model']);
  });

  test('as a failure after it had counted as a success changes nothing', async () => {
    const { work, order } = await leased();
    await work.render(order);
    const failure = { failureClass: 'infrastructure', message: 'stopping' } as const;
    expect(await work.orchestration.leases.failed(leaseOf(order), failure)).toBe('succeeded');
    await work.react();
    expect(await work.generation(order.jobId)).toMatchObject({ status: 'succeeded' });
    expect(work.blobs.blobs.size).toBe(IMAGE_AND_THUMBNAIL);
  });
});
