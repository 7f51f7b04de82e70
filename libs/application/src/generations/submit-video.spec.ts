import { byTest, exampleIds, openAccount, SubmissionScenario, storedImage } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { generationStream } from '../deciding/stream-types.js';
import { loadGeneration } from './load-generation.js';
import type { GenerationRequestInput } from './prepare-request.js';
import type { VideoRequest } from './video-source.js';

const { tenantId } = exampleIds;
const HOUR_MS = 3_600_000;
let api: SubmissionScenario;

beforeEach(async () => {
  api = new SubmissionScenario();
  await openAccount(api.process.runner, 1_000n, tenantId);
});

/** A generation of two images that has succeeded. @returns its id */
async function source(images = 2, more: Partial<GenerationRequestInput> = {}): Promise<string> {
  const { id } = await api.submit({ images, ...more });
  const stored = [];
  for (let index = images - 1; index >= 0; index -= 1) {
    const { assetId } = storedImage(index);
    const { keyId: dataKeyId } = await api.assets.put(assetId, Buffer.from('png'), 'image/png');
    stored.push(storedImage(index, { dataKeyId }));
  }
  const complete = { type: 'CompleteGeneration', stored, lost: [] } as const;
  await api.process.runner.run(generationStream, id, complete, byTest);
  return id;
}

const ask = (sourceGenerationId: string, video: Partial<VideoRequest> = {}, more: object = {}) =>
  api.submit({ prompt: '', webhookUrl: null, video: { sourceGenerationId, ...video }, ...more });

const refusal = (code: string, message: string) => ({
  error: { code, message: expect.stringContaining(message) },
});

describe('a request for a video', () => {
  test('names the image that is set in motion, and its price is frozen like that of an image', async () => {
    const sourceId = await source();
    const { id, model } = await ask(sourceId, { durationSeconds: 4 });

    expect(model).toBe('motion-1');
    const view = await loadGeneration(api.process.store, id);
    expect(view?.price).toMatchObject({ images: 1, perImage: '20', total: '20' });
    expect(view?.parameters).toMatchObject({
      width: 512,
      height: 288,
      video: {
        sourceGenerationId: sourceId,
        sourceImage: 0,
        sourceAssetId: storedImage(0).assetId,
        durationSeconds: 4,
      },
    });
  });

  test('may name another image than the first', async () => {
    const { id } = await ask(await source(), { sourceImage: 1 });
    const view = await loadGeneration(api.process.store, id);
    expect(view?.parameters.video).toMatchObject({ sourceAssetId: storedImage(1).assetId });
  });

  test('of a character may imply a minor as little as its image', async () => {
    const description = 'a woman of 30 years with grey eyes';
    const character = { id: 'chr_1', traitsVersion: 1, description };
    const sourceId = await source(1, { character });
    const judged: object[] = [];
    api.moderator.review = (subject) => {
      judged.push(subject);
      return { outcome: 'allow' };
    };
    await ask(sourceId);
    expect(judged).toMatchObject([{ adultsOnly: true }]);
  });

  test('has its prompt judged together with that of its image', async () => {
    const sourceId = await source();
    const judged: object[] = [];
    api.moderator.review = (subject) => {
      judged.push(subject);
      return subject.prompt.endsWith('zoom')
        ? { outcome: 'block', category: 'trial', reviewer: 'test' }
        : { outcome: 'allow' };
    };
    await expect(ask(sourceId, {}, { prompt: 'zoom' })).rejects.toMatchObject(
      refusal('content_policy', 'content policy'),
    );
    await expect(ask(sourceId)).resolves.toHaveProperty('id');
    expect(judged).toEqual([
      { prompt: 'a mountain lake at sunrise\nzoom', moderationClass: 'standard' },
      { prompt: 'a mountain lake at sunrise', moderationClass: 'standard' },
    ]);
  });

  test('sent again stays what it was after its source has gone', async () => {
    const sourceId = await source();
    const again = () =>
      api.submit(
        { prompt: '', webhookUrl: null, video: { sourceGenerationId: sourceId } },
        { idempotencyKey: 'clip-1' },
      );
    const first = await again();
    api.clock.advance(24 * HOUR_MS);
    expect(await again()).toMatchObject({ id: first.id, replayed: true });
  });
});

describe('a video is refused', () => {
  test.each([
    ['which nobody has', async () => 'req_0123456789abcdefghjkmnpqrs'],
    ['whose id is none', async () => '../etc'],
  ])('of a generation %s', async (_, idOf) => {
    await expect(ask(await idOf())).rejects.toMatchObject(refusal('not_found', 'no generation'));
  });

  test('of a generation of another tenant', async () => {
    const sourceId = await source();
    await openAccount(api.process.runner, 1_000n, 'ten_other');
    const video = { sourceGenerationId: sourceId };
    await expect(api.submit({ video }, { tenantId: 'ten_other' })).rejects.toMatchObject(
      refusal('not_found', 'no generation'),
    );
  });

  test('of a generation that has not succeeded', async () => {
    const { id } = await api.submit();
    await expect(ask(id)).rejects.toMatchObject(refusal('conflict', 'it is queued'));
  });

  test('of a generation that was deleted', async () => {
    const sourceId = await source();
    const erase = { type: 'EraseGeneration', reason: 'test' } as const;
    await api.process.runner.run(generationStream, sourceId, erase, byTest);
    await expect(ask(sourceId)).rejects.toMatchObject(refusal('not_found', 'no generation'));
  });

  test('of images that have expired, or that nobody can read any more', async () => {
    const [expired, unreadable] = [await source(), await source(1)];
    await api.shared.blobs.delete(storedImage(0).assetId);
    await expect(ask(unreadable)).rejects.toMatchObject(refusal('not_found', 'have expired'));
    api.clock.advance(24 * HOUR_MS);
    await expect(ask(expired, { sourceImage: 1 })).rejects.toMatchObject(
      refusal('not_found', 'have expired'),
    );
  });

  test('of a video', async () => {
    const { id } = await ask(await source());
    const complete = { type: 'CompleteGeneration', stored: [storedImage(0)], lost: [] } as const;
    await api.process.runner.run(generationStream, id, complete, byTest);
    await expect(ask(id)).rejects.toMatchObject(refusal('validation_error', 'not of a video'));
  });

  test.each<[Partial<VideoRequest>, object, string]>([
    [{ durationSeconds: 7 }, {}, 'duration must be a whole number of seconds from 1 to 6'],
    [{ sourceImage: 2 }, {}, 'sourceImage must be one of 0, 1'],
    [{}, { model: 'landscape-1' }, 'model landscape-1 makes images, not videos'],
  ])('for %o %o: %s', async (video, more, message) => {
    await expect(ask(await source(), video, more)).rejects.toMatchObject(
      refusal('validation_error', message),
    );
  });
});
