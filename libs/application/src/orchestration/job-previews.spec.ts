import {
  type OutputJudgement,
  PreviewReader,
  type PreviewStageServices,
  type WorkOrder,
} from '@imprest/application';
import {
  imageOf,
  labelledPreviewStage,
  labelledStage,
  leaseOf,
  WorkScenario,
} from '@imprest/testkit';
import { describe, expect, test } from 'vitest';

const allowed: OutputJudgement = {
  provider: 'watcher',
  version: '7',
  outcome: 'allow',
  category: null,
  score: 0.1,
};
const blocked: OutputJudgement = { ...allowed, outcome: 'block', category: 'violence', score: 0.9 };
const small = imageOf(256, 144, 'so far', 'image/jpeg');

async function begun(stage: Partial<PreviewStageServices> = {}, images = 2) {
  const work = await WorkScenario.begin({ previewStage: labelledPreviewStage(stage) });
  const id = await work.queued({ images });
  await work.previews.watch([id], 60_000);
  return { work, id, order: await work.leaseOne() };
}

const show = (work: WorkScenario, order: WorkOrder, bytes = small, index = 0) =>
  work.orchestration.leases.preview(leaseOf(order), { index, step: 3, steps: 20, bytes });

const seen = (work: WorkScenario, id: string) =>
  new PreviewReader(work.previews, work.dataKeys).since(new Map([[id, 0]]));

const judging = (judge: () => Promise<OutputJudgement>, seesPictures = true) => ({
  moderators: [{ name: 'watcher', seesPictures, judge }],
});

describe('a preview', () => {
  test('is made anew, and seen by whoever watches, sealed under the key of its generation', async () => {
    const { work, id, order } = await begun();

    expect(order.previews).toBe(true);
    expect(await show(work, order)).toEqual({ taken: true, pauseMs: 1_000 });
    const [preview] = await seen(work, id);
    expect(preview).toMatchObject({ index: 0, step: 3, steps: 20, mediaType: 'image/webp' });
    expect(Buffer.from(preview?.bytes ?? '').toString()).toBe(`small ${small}`);
    const [stored] = await work.previews.since(new Map([[id, 0]]));
    expect(stored?.dataKeyId).toBe((await work.generation(id)).dataKeyId);
    expect(Buffer.from(stored?.sealed.slice(3) ?? '', 'base64').includes('so far')).toBe(false);
  });

  test('is passed over when nobody watches, or one came a moment ago', async () => {
    const { work, id, order } = await begun();
    const passedOver = { taken: false, pauseMs: 2_000 };

    await show(work, order);
    expect(await show(work, order, small, 1)).toEqual(passedOver);
    work.clock.advance(1_000);
    expect(await show(work, order, small, 1)).toMatchObject({ taken: true });
    work.clock.advance(60_000);
    expect(await show(work, order)).toEqual(passedOver);
    expect(await seen(work, id)).toHaveLength(2);
  });

  test.each([
    ['larger than a preview', imageOf(1_024, 576, 'so far')],
    ['a clip', imageOf(64, 64, 'moves ', 'image/webp')],
    ['no picture', Buffer.from('a word')],
    ['of too many bytes', Buffer.concat([small, Buffer.alloc(256 * 1_024)])],
  ])('that is %s is refused', async (_, bytes) => {
    const { work, order } = await begun();

    await expect(show(work, order, bytes)).rejects.toMatchObject({
      error: { code: 'validation_error' },
    });
  });

  test('of an image that was not ordered is refused', async () => {
    const { work, order } = await begun();

    await expect(show(work, order, small, 2)).rejects.toMatchObject({
      error: { code: 'validation_error' },
    });
  });

  test('of a lease that was lost is refused, also when it was lost while it was judged', async () => {
    let cancel = async () => {};
    const { work, id, order } = await begun(
      judging(async () => {
        await cancel();
        return allowed;
      }),
    );
    cancel = async () => {
      await work.cancel(id);
      await work.react();
    };

    await expect(show(work, order)).rejects.toMatchObject({
      error: { code: 'conflict', details: { reason: 'cancelled' } },
    });
    await expect(show(work, { ...order, fence: order.fence + 1 })).rejects.toMatchObject({
      error: { code: 'conflict' },
    });
    expect(await seen(work, id)).toEqual([]);
  });

  test('costs nothing, records nothing, and is gone with the end of the attempt', async () => {
    const { work, id, order } = await begun();
    await work.react();
    const before = await work.engines.store.head();
    await show(work, order);
    expect(await work.engines.store.head()).toBe(before);

    await work.render(order);
    expect(await seen(work, id)).toHaveLength(1);
    await work.react();
    expect(await seen(work, id)).toEqual([]);
  });

  test('cannot be seen any more once its generation was erased', async () => {
    const { work, id, order } = await begun();
    await show(work, order);
    await work.dataKeys.destroy([(await work.generation(id)).dataKeyId]);

    expect(await seen(work, id)).toEqual([]);
    work.clock.advance(1_000);
    expect(await show(work, order)).toMatchObject({ taken: false });
  });
});

describe('a preview that somebody judges', () => {
  test('is withheld when it is objected to, and so is every later one', async () => {
    let judgement = allowed;
    const { work, id, order } = await begun(judging(async () => judgement));
    await show(work, order);
    judgement = blocked;
    work.clock.advance(1_000);

    expect(await show(work, order)).toMatchObject({ taken: false });
    expect(await seen(work, id)).toEqual([]);
    judgement = allowed;
    work.clock.advance(5_000);
    expect(await show(work, order)).toMatchObject({ taken: false });
    expect(work.outcomes).toEqual([]);
    expect(await work.render(order)).toBe('succeeded');
  });

  test('is not shown when nobody can judge it', async () => {
    const { work, id, order } = await begun(judging(() => Promise.reject(new Error('down'))));

    expect(await show(work, order)).toMatchObject({ taken: false });
    expect(await seen(work, id)).toEqual([]);
    expect(work.troubles).toEqual(['judging a preview']);
  });

  test.each([
    ['somebody who knows files judges outputs', judging(async () => allowed, false)],
    ['the operator wants none', { wanted: false }],
  ])('is not asked for where %s', async (_, stage) => {
    const { work, id, order } = await begun(stage);

    expect(order.previews).toBeUndefined();
    expect(await show(work, order)).toEqual({ taken: false, pauseMs: 3_600_000 });
    expect(await seen(work, id)).toEqual([]);
  });

  test('goes at once when its image is withheld', async () => {
    const previewStage = labelledPreviewStage(judging(async () => allowed));
    const stage = labelledStage(judging(async () => blocked));
    const work = await WorkScenario.begin({ previewStage, stage });
    const id = await work.queued();
    await work.previews.watch([id], 60_000);
    const order = await work.leaseOne();
    await show(work, order);

    await expect(work.upload(order, 0)).rejects.toThrow('withheld');
    expect(await seen(work, id)).toEqual([]);
  });
});
