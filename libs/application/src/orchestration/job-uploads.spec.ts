import {
  type OutputJudgement,
  type OutputModerator,
  type OutputSubject,
  thumbnailId,
  UnreadableOutput,
} from '@imprest/application';
import type { OutputVerdict } from '@imprest/domain';
import { streamName, toDomainEvent } from '@imprest/event-catalogue';
import { labelledDecoder, labelledStage, WorkScenario } from '@imprest/testkit';
import { describe, expect, test } from 'vitest';

const allowed = {
  provider: 'watcher',
  version: '7',
  outcome: 'allow',
  category: null,
  score: 0.1,
} as const;

function moderator(
  judge: (subject: OutputSubject) => Promise<OutputJudgement>,
): OutputModerator & { readonly seen: string[] } {
  const seen: string[] = [];
  return {
    name: 'watcher',
    seen,
    judge: (subject) => {
      seen.push(subject.sha256);
      return judge(subject);
    },
  };
}

async function leased(...moderators: readonly OutputModerator[]) {
  const work = await WorkScenario.begin({ stage: labelledStage({ moderators }) });
  await work.queued();
  return { work, order: await work.leaseOne() };
}

async function verdicts(work: WorkScenario, jobId: string): Promise<readonly OutputVerdict[]> {
  const found: OutputVerdict[] = [];
  for await (const page of work.engines.store.readStream(streamName('job', jobId))) {
    for (const event of page.map(toDomainEvent)) {
      if (event.type === 'JobOutputWithheld') found.push(event.data.verdict);
    }
  }
  return found;
}

describe('an output that somebody looks at', () => {
  test('is stored with what was said of it, its marks and a thumbnail under its own key', async () => {
    const { work, order } = await leased(moderator(async () => allowed));

    await work.render(order);
    await work.react();

    const [image] = (await work.generation(order.jobId)).images;
    expect(image).toMatchObject({
      marks: ['xmp'],
      verdicts: [{ ...allowed, latencyMs: expect.any(Number) }],
      thumbnail: { mediaType: 'image/webp', width: 512, height: 512 },
    });
    const small = await work.assets.open(thumbnailId(image?.assetId ?? ''));
    expect(small).toMatchObject({ keyId: image?.dataKeyId, size: image?.thumbnail?.bytes });
  });

  test.each(['block', 'review'] as const)(
    'and answers %s ends the attempt, without a retry or a charge',
    async (outcome) => {
      const judgement = { ...allowed, outcome, category: 'violence/graphic', score: 0.97 };
      const second = moderator(async () => allowed);
      const { work, order } = await leased(
        moderator(async () => judgement),
        second,
      );

      await expect(work.upload(order, 0)).rejects.toMatchObject({
        error: { code: 'conflict', details: { reason: 'lease_lost' } },
      });
      await work.react();

      expect(work.outcomes).toEqual(['moderation']);
      expect(await verdicts(work, order.jobId)).toEqual([
        { ...judgement, latencyMs: expect.any(Number) },
      ]);
      expect(second.seen).toEqual([]);
      expect([...work.blobs.blobs.keys()]).toEqual(
        outcome === 'review' ? [expect.stringMatching(/^wth_/)] : [],
      );
      expect(await work.generation(order.jobId)).toMatchObject({
        status: 'failed',
        error: { code: 'content_policy', retryable: false },
      });
      expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
    },
  );

  test('that withheld one of several erases those that were stored before', async () => {
    const blocked = { ...allowed, outcome: 'block', category: 'known_file' } as const;
    let looked = 0;
    const work = await WorkScenario.begin({
      stage: labelledStage({
        moderators: [moderator(async () => (looked++ === 0 ? allowed : blocked))],
      }),
    });
    await work.queued({ images: 2 });
    const order = await work.leaseOne();

    await work.upload(order, 0);
    await expect(work.upload(order, 1)).rejects.toThrow('withheld');

    expect(work.blobs.blobs.size).toBe(0);
  });

  test('who cannot judge keeps it from being stored, and may be asked again', async () => {
    let down = true;
    const { work, order } = await leased(
      moderator(async () => {
        if (down) throw new Error('the classifier is down');
        return allowed;
      }),
    );

    await expect(work.upload(order, 0)).rejects.toMatchObject({
      error: { code: 'unavailable', details: { reason: 'moderation_unavailable' } },
    });
    expect(work.blobs.blobs.size).toBe(0);
    down = false;

    expect(await work.render(order)).toBe('succeeded');
  });
});

describe('an output', () => {
  test.each([
    ['cannot be decoded', new UnreadableOutput('its pixels end early'), 'validation_error'],
    ['cannot be looked into', new Error('out of memory'), undefined],
  ])('that %s is not stored', async (_, error, code) => {
    const decoder = { ...labelledDecoder, decode: () => Promise.reject(error) };
    const work = await WorkScenario.begin({ stage: labelledStage({ decoder }) });
    await work.queued();

    const upload = work.upload(await work.leaseOne(), 0);

    await expect(upload).rejects.toMatchObject(code === undefined ? error : { error: { code } });
    expect(work.blobs.blobs.size).toBe(0);
  });

  test('that cannot be marked is not stored, and may be sent again', async () => {
    const marker = { mark: () => Promise.reject(new Error('the signer is busy')) };
    const work = await WorkScenario.begin({ stage: labelledStage({ marker }) });
    await work.queued();

    await expect(work.upload(await work.leaseOne(), 0)).rejects.toMatchObject({
      error: { code: 'unavailable', details: { reason: 'marking_failed' } },
    });
    expect(work.blobs.blobs.size).toBe(0);
  });

  test('is hashed as it is handed out, marks included', async () => {
    const marked = Buffer.from('image/png 2560x1440 marked');
    const marker = { mark: async () => ({ bytes: marked, marks: ['xmp', 'c2pa'] as const }) };
    const work = await WorkScenario.begin({ stage: labelledStage({ marker }) });
    await work.queued();
    const order = await work.leaseOne();

    await work.render(order);
    await work.react();

    const [image] = (await work.generation(order.jobId)).images;
    const { bytes } = (await work.assets.read(image?.assetId ?? '')) ?? {};
    expect(Buffer.from(bytes ?? '')).toEqual(marked);
    expect(image?.sha256).toBe(
      Buffer.from(await crypto.subtle.digest('SHA-256', marked)).toString('hex'),
    );
  });
});
