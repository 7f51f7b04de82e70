import { clipOf, imageOf, leaseOf, twoModels, WorkScenario } from '@imprest/testkit';
import { describe, expect, test } from 'vitest';

const sourceAssetId = 'img_01kf0adw9a0e1f3s7h8j9kambc';
const video = {
  sourceGenerationId: 'req_01kf0abt7y8c9d1q5f6g7h8j9k',
  sourceImage: 0,
  sourceAssetId,
  durationSeconds: 3,
};
const clip = { width: 512, height: 288, size: '512x288', video };

async function leased() {
  const work = await WorkScenario.begin();
  await work.queued(clip);
  const order = await work.leaseOne();
  const put = (bytes: Uint8Array) => work.orchestration.leases.output(leaseOf(order), 0, bytes);
  return { work, order, put };
}

describe('work on a video', () => {
  test('is one clip of the image it names', async () => {
    const { order } = await leased();
    expect(order).toMatchObject({
      model: 'motion-1',
      images: 1,
      references: [sourceAssetId],
      clip: { durationSeconds: 3, framesPerSecond: 8, mediaTypes: ['video/mp4', 'image/webp'] },
    });
  });

  test('gets that image from here, as long as it can be read', async () => {
    const { work, order } = await leased();
    const read = () => work.orchestration.leases.reference(leaseOf(order), 0);
    await expect(read()).rejects.toMatchObject({ error: { code: 'not_found' } });
    await work.assets.put(sourceAssetId, Buffer.from('a picture'), 'image/png');
    const { bytes, mediaType } = await read();
    expect([Buffer.from(bytes).toString(), mediaType]).toEqual(['a picture', 'image/png']);
  });

  test.each(['video/mp4', 'image/webp'] as const)('ends with a clip as %s', async (mediaType) => {
    const { work, order, put } = await leased();
    const receipts = [await put(clipOf(512, 288, mediaType))];
    await work.orchestration.leases.rendered(leaseOf(order), { receipts, lost: [] });
    await work.react();
    const view = await work.generation(order.jobId);
    expect(view).toMatchObject({ status: 'succeeded', charged: '10', images: [{ mediaType }] });
    expect(await work.balance()).toEqual({ available: 990n, held: 0n });
  });

  test.each([
    ['stands still', imageOf(512, 288, '', 'image/webp')],
    ['has other pixels', clipOf(288, 512)],
    ['is too short', clipOf(512, 288, 'image/webp', 2)],
    ['is too long', clipOf(512, 288, 'image/webp', 4)],
    ['is of another type', clipOf(512, 288, 'image/png')],
  ])('takes nothing that %s', async (_, bytes) => {
    const { put } = await leased();
    await expect(put(bytes)).rejects.toMatchObject({ error: { code: 'validation_error' } });
  });

  test('on images takes nothing that moves', async () => {
    const work = await WorkScenario.begin();
    await work.queued();
    const order = await work.leaseOne();
    const moving = clipOf(2560, 1440, 'image/png');
    await expect(work.orchestration.leases.output(leaseOf(order), 0, moving)).rejects.toMatchObject(
      {
        error: { message: 'image must be a still PNG, JPEG or WebP' },
      },
    );
  });
});

test('work on a model that was switched off meanwhile ends as it would have', async () => {
  let enabled = true;
  const resolve = (alias?: string) => {
    const model = twoModels.resolve(alias);
    return model && { ...model, enabled };
  };
  const catalogue = { ...twoModels, resolve };
  const work = await WorkScenario.begin({ catalogue });
  const id = await work.queued();
  enabled = false;
  await work.orchestration.mend();
  expect(await work.render(await work.leaseOne())).toBe('succeeded');
  await work.react();
  expect(await work.generation(id)).toMatchObject({ status: 'succeeded', charged: '10' });
});
