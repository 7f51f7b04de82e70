import type { CaseDecision, OutputVerdict } from '@imprest/domain';
import { streamCategory, streamName } from '@imprest/event-catalogue';
import { byTest, exampleIds, labelledStage, WorkScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Reactor } from '../consuming/consumer.js';
import { endUserStream, generationStream } from '../deciding/stream-types.js';
import { GenerationEraser } from '../generations/erase-generation.js';
import { loadGeneration } from '../generations/load-generation.js';
import { WithheldOutputs } from '../moderation/index.js';
import { START_OF_STORE } from '../ports/event-store.js';
import type { MediaViewer } from '../ports/media-viewer.js';
import {
  CaseConsequences,
  CaseFollowUp,
  CaseMediaViews,
  CaseOpener,
  loadCase,
  ModerationDesk,
} from './index.js';

const { tenantId, endUserId } = exampleIds;
const moderator = { ...byTest, actor: { kind: 'operator', id: 'ada' } } as const;
const picture = { mediaType: 'image/webp', width: 8, height: 8 } as const;
const viewer: MediaViewer = {
  blurred: async () => ({ ...picture, bytes: Buffer.from('blurred') }),
  clear: async (bytes) => ({ ...picture, bytes }),
};

let judgement: Omit<OutputVerdict, 'latencyMs'>;
let work: WorkScenario;
let desk: ModerationDesk;
let follow: CaseFollowUp;
let eraser: GenerationEraser;
let views: CaseMediaViews;

async function deliver(reactor: Reactor): Promise<void> {
  const { categories } = reactor;
  for await (const page of work.engines.store.readAll({ after: START_OF_STORE, categories })) {
    for (const event of page) await reactor.react(event);
  }
}

async function caseIds(): Promise<readonly string[]> {
  const ids = new Set<string>();
  for await (const page of work.engines.store.readAll({ after: START_OF_STORE })) {
    for (const { stream } of page) {
      if (streamCategory(stream) === 'moderationCase')
        ids.add(stream.slice('moderationCase-'.length));
    }
  }
  return [...ids];
}

async function caseOf(id: string) {
  const found = await loadCase(work.engines.store, id);
  if (found === undefined) throw new Error(`there is no case ${id}`);
  return found;
}

/** A request whose one output is withheld as `judgement` says. */
async function withheld(): Promise<string> {
  const generationId = await work.queued();
  await expect(work.upload(await work.leaseOne(), 0)).rejects.toThrow('withheld');
  await work.react();
  await deliver(new CaseOpener(work.runner, work.engines.store, 24));
  return generationId;
}

const blocked = () => work.runner.read(endUserStream, endUserId, (state) => state.blocked);
const decide = (id: string, decision: CaseDecision) =>
  desk.decide(id, { decision, reason: 'violence', note: null }, moderator);

beforeEach(async () => {
  const common = { provider: 'classifier', version: '1', score: 0.6 };
  judgement = { ...common, outcome: 'review', category: 'violence' };
  const watcher = { name: 'classifier', judge: async () => judgement };
  work = await WorkScenario.begin({ stage: labelledStage({ moderators: [watcher] }) });
  const { runner, clock, assets, dataKeys } = work;
  const { store } = work.engines;
  const register = {
    type: 'RegisterEndUser',
    tenantId,
    confidential: 'v1.x',
    dataKeyId: 'dek',
  } as const;
  await runner.run(endUserStream, endUserId, register, byTest);
  const kept = new WithheldOutputs(assets, work.blobs, 30);
  eraser = new GenerationEraser(runner, assets, kept, store, dataKeys);
  const consequences = new CaseConsequences(runner, eraser, store);
  desk = new ModerationDesk({ runner, store, clock, consequences, caseHours: 24 });
  follow = new CaseFollowUp(consequences);
  const secrets = { assetUrlKey: new Uint8Array(32).fill(7) };
  views = new CaseMediaViews({ assets, viewer, secrets, clock });
});

describe('an output withheld for review', () => {
  test('opens a case once, with what was kept of it, and was given back at once', async () => {
    const generationId = await withheld();
    await deliver(new CaseOpener(work.runner, work.engines.store, 24));

    const [id = '', ...others] = await caseIds();
    expect(others).toEqual([]);
    const { view } = await caseOf(id);
    expect(view).toMatchObject({
      ...{ state: 'open', kind: 'output', grounds: 'review', category: 'violence' },
      ...{ tenantId, endUserId, generationId },
      media: [{ assetId: expect.stringMatching(/^wth_/), mediaType: 'image/png' }],
      dueAt: new Date(Date.parse(view.openedAt) + 86_400_000).toISOString(),
    });
    expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
  });

  test('is shown blurred, and as it is to whoever has said why, for a minute', async () => {
    await withheld();
    const [id = ''] = await caseIds();
    const { view } = await caseOf(id);
    const assetId = view.media[0]?.assetId ?? '';

    expect(Buffer.from((await views.blurred(view, assetId)).bytes).toString()).toBe('blurred');
    await desk.unblur(id, assetId, 'the blur hides it', moderator);
    const pass = views.pass(id, assetId, 'ada');
    expect((await views.clear(view, assetId, 'ada', pass)).bytes.length).toBeGreaterThan(8);
    await expect(views.clear(view, assetId, 'bob', pass)).rejects.toThrow('unblur');
    await expect(views.blurred(view, 'img_other')).rejects.toThrow('no such image');
    work.clock.advance(61_000);
    await expect(views.clear(view, assetId, 'ada', pass)).rejects.toThrow('unblur');

    const { history, view: after } = await caseOf(id);
    expect(after.unblurred).toBe(1);
    expect(history.at(-1)).toMatchObject({
      ...{ type: 'MediaUnblurred', actor: moderator.actor },
      data: { assetId, reason: 'the blur hides it' },
    });
  });

  test('has its end user blocked and, after an appeal, not any more', async () => {
    await withheld();
    const [id = ''] = await caseIds();

    await decide(id, 'block_end_user');
    expect(await blocked()).toBe('moderation: violence');
    await desk.reopen(id, 'appeal', null, moderator);
    expect(await blocked()).not.toBeNull();
    await decide(id, 'approve');
    expect(await blocked()).toBeNull();

    // Late news of the first decision.
    await deliver(follow);
    expect(await blocked()).toBeNull();
  });
});

describe('erasure wins over review', () => {
  const erase = async (generationId: string) => {
    const view = await loadGeneration(work.engines.store, generationId);
    if (view === undefined) throw new Error(`there is no ${generationId}`);
    await eraser.erase(view, 'deleted by the tenant', byTest);
  };
  /** What moderators can still see, and what is left of it in the store. */
  const left = async (id: string) => {
    const { view } = await caseOf(id);
    const assetId = view.media[0]?.assetId ?? '';
    expect(assetId).toMatch(/^wth_/);
    return { asset: await work.assets.find(assetId), blobs: work.blobs.blobs.size };
  };

  test('what was kept for moderators goes with its generation', async () => {
    const generationId = await withheld();
    const [id = ''] = await caseIds();
    const { asset, blobs } = await left(id);
    expect(blobs).toBe(1);

    await erase(generationId);

    expect(await left(id)).toEqual({ asset: undefined, blobs: 0 });
    const keyId = asset?.keyId ?? '';
    expect((await work.dataKeys.open([keyId])).size).toBe(0);
  });

  test('also what was withheld while it was being erased', async () => {
    const generationId = await withheld();
    const [id = ''] = await caseIds();
    const view = await loadGeneration(work.engines.store, generationId);
    const command = { type: 'EraseGeneration', reason: 'deleted' } as const;
    await work.runner.run(generationStream, view?.id ?? '', command, byTest);
    expect((await left(id)).blobs).toBe(1);

    await deliver(follow);

    expect(await left(id)).toEqual({ asset: undefined, blobs: 0 });
  });
});

test('a known file blocks its end user at once, keeps nothing and shows nothing', async () => {
  judgement = { ...judgement, outcome: 'block', category: 'known_file' };
  await withheld();
  const [id = ''] = await caseIds();
  await deliver(follow);

  const { view } = await caseOf(id);
  expect(view).toMatchObject({ grounds: 'known_file', media: [] });
  expect(work.blobs.blobs.size).toBe(0);
  expect(await blocked()).toBe('moderation: known_file');
  await expect(views.blurred(view, 'wth_1')).rejects.toThrow('never shown');
});

test('what a machine blocks for other reasons opens no case', async () => {
  judgement = { ...judgement, outcome: 'block' };
  await withheld();
  expect(await caseIds()).toEqual([]);
});

test('a prompt that implies a minor opens one case a day for its end user', async () => {
  const refused = { type: 'RecordRefusedPrompt', reviewer: 'local-rules/3' } as const;
  for (const category of ['sexual_minors', 'violence', 'sexual_minors']) {
    await work.runner.run(endUserStream, endUserId, { ...refused, category }, byTest);
  }
  await deliver(new CaseOpener(work.runner, work.engines.store, 24));

  const [id = '', ...others] = await caseIds();
  expect(others).toEqual([]);
  expect((await caseOf(id)).view).toMatchObject({
    ...{ kind: 'input', grounds: 'minors', tenantId, generationId: null },
    verdicts: [{ provider: 'local-rules', version: '3', outcome: 'block' }],
  });
});

describe('a takedown', () => {
  beforeEach(() => {
    judgement = { ...judgement, outcome: 'allow', category: null };
  });

  test('erases what was delivered, keeps the charge, and says who did it and why', async () => {
    const generationId = await work.queued();
    await work.render(await work.leaseOne());
    await work.react();
    const reason = { reason: 'real_person', note: 'asked for by the person shown' } as const;

    const id = await desk.takeDown(generationId, reason, moderator);
    expect(await desk.takeDown(generationId, reason, moderator)).toBe(id);

    const view = await loadGeneration(work.engines.store, generationId);
    expect(view).toMatchObject({ erased: true, status: 'succeeded', charged: '10' });
    expect(work.blobs.blobs.size).toBe(0);
    expect((await caseOf(id)).view).toMatchObject({
      ...{ state: 'decided', decision: 'takedown', decidedBy: 'ada', kind: 'report' },
    });
    const stream = streamName('generation', generationId);
    const types: string[] = [];
    for await (const page of work.engines.store.readStream(stream)) {
      types.push(...page.map(({ type, metadata }) => `${type} ${metadata.actor.id}`));
    }
    expect(types.at(-1)).toBe('GenerationErased ada');
  });

  test('that a crash kept from being carried out is made good', async () => {
    const generationId = await work.queued();
    await work.render(await work.leaseOne());
    await work.react();
    const id = await desk.report(generationId, 'reported by mail', moderator);
    const crashing = {
      carryOut: () => Promise.reject(new Error('crash')),
    } as unknown as CaseConsequences;
    const { runner, clock } = work;
    const { store } = work.engines;
    const broken = new ModerationDesk({
      runner,
      store,
      clock,
      consequences: crashing,
      caseHours: 1,
    });
    const verdict = { decision: 'takedown', reason: 'fraud', note: null } as const;
    await expect(broken.decide(id, verdict, moderator)).rejects.toThrow('crash');

    await deliver(follow);

    expect(await loadGeneration(store, generationId)).toMatchObject({ erased: true });
  });

  test('has one case: a second report is refused with its id, open or decided', async () => {
    const generationId = await work.queued();
    await work.render(await work.leaseOne());
    await work.react();
    const id = await desk.report(generationId, 'reported by mail', moderator);
    const refused = { error: { code: 'conflict', message: expect.stringContaining(id) } };

    const again = () => desk.report(generationId, 'reported by phone', byTest);
    await expect(again()).rejects.toMatchObject(refused);
    expect(await desk.takeDown(generationId, { reason: 'fraud', note: null }, moderator)).toBe(id);
    await expect(again()).rejects.toMatchObject(refused);

    const { view, history } = await caseOf(id);
    expect(view.note).toBe('reported by mail');
    expect(history.map(({ type }) => type)).toEqual(['CaseOpened', 'CaseDecided']);
  });

  test('finds nothing of what was never delivered', async () => {
    const generationId = await work.queued();
    await expect(desk.report(generationId, 'early', moderator)).rejects.toThrow('nothing');
    await expect(desk.report('req_none', 'early', moderator)).rejects.toThrow('no generation');
  });
});
