import type { OutputModerator, OutputPicture, OutputSubject } from '@imprest/application';
import { ModerationStub } from '@imprest/testkit';
import { moderatorConformance } from '@imprest/testkit/conformance';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Classifier, type ClassifierOptions } from './classifier.js';
import { HashMatch } from './hash-match.js';
import { OutputClassifier } from './output-classifier.js';
import { PromptClassifier } from './prompt-classifier.js';

let stub: ModerationStub;
beforeAll(async () => {
  stub = await ModerationStub.start();
  stub.words.set('forbidden-landscape', 'violence');
});
beforeEach(() => {
  stub.server.fault = undefined;
});
afterAll(() => stub.close());

const never = new AbortController().signal;

function classifier(options: Partial<ClassifierOptions> = {}): Classifier {
  const { url, key } = stub;
  return new Classifier({ name: 'classifier', url, key, model: 'omni-moderation', ...options });
}

const picture = (name: string): OutputPicture => ({
  ...{ bytes: Buffer.from(name), mediaType: 'image/webp', width: 8, height: 8 },
});

const showing = (...names: readonly string[]): OutputSubject => ({
  sha256: 'ab'.repeat(32),
  mediaType: 'image/png',
  pictures: async () => names.map(picture),
});

moderatorConformance('a classifier over HTTP', () => ({
  moderator: new PromptClassifier(classifier()),
  allowed: { prompt: 'a mountain lake at sunrise' },
  blocked: { prompt: 'a forbidden-landscape' },
  category: 'violence',
  ruleText: 'forbidden-landscape',
  unjudgeable: {
    moderator: new PromptClassifier(classifier({ key: 'another-key' })),
    subject: { prompt: 'a mountain lake' },
  },
}));

describe('a classifier of outputs', () => {
  it('allows what it sees nothing in, and says how little', async () => {
    const moderator = new OutputClassifier(classifier());

    expect(await moderator.judge(showing('lake'), never)).toEqual({
      provider: 'classifier',
      version: 'omni-moderation-2024-09-26',
      outcome: 'allow',
      category: null,
      score: 0.02,
    });
  });

  it('blocks for any of the pictures, with the category and its score', async () => {
    stub.objectTo(Buffer.from('storm'), 'violence/graphic');
    const moderator = new OutputClassifier(classifier());

    expect(await moderator.judge(showing('lake', 'storm', 'shore'), never)).toMatchObject({
      outcome: 'block',
      category: 'violence/graphic',
      score: 0.97,
    });
  });

  it('lets categories through that the operator allows, and never those nobody may', async () => {
    stub.objectTo(Buffer.from('duel'), 'violence');
    stub.objectTo(Buffer.from('other'), 'sexual/minors');
    const allowed = ['violence', 'sexual/minors'];
    const moderator = new OutputClassifier(classifier({ allowed }));

    expect(await moderator.judge(showing('duel'), never)).toMatchObject({ outcome: 'allow' });
    expect(await moderator.judge(showing('other'), never)).toMatchObject({ outcome: 'block' });
  });

  it('leaves to review what a person decides, unless it has an objection beside', async () => {
    stub.objectTo(Buffer.from('duel'), 'violence');
    stub.objectTo(Buffer.from('storm'), 'violence/graphic');
    const reviewed = ['violence', 'sexual/minors'];
    const moderator = new OutputClassifier(classifier({ reviewed }));

    expect(await moderator.judge(showing('duel', 'lake'), never)).toMatchObject({
      outcome: 'review',
      category: 'violence',
    });
    expect(await moderator.judge(showing('duel', 'storm'), never)).toMatchObject({
      outcome: 'block',
      category: 'violence/graphic',
    });
    stub.objectTo(Buffer.from('other'), 'sexual/minors');
    expect(await moderator.judge(showing('other'), never)).toMatchObject({ outcome: 'block' });
  });

  it('leaves to review what it is shown nothing of', async () => {
    const moderator = new OutputClassifier(classifier());

    expect(await moderator.judge(showing(), never)).toMatchObject({
      outcome: 'review',
      category: 'unseen',
    });
  });
});

const subjects: readonly (readonly [string, () => OutputModerator])[] = [
  ['a classifier', () => new OutputClassifier(classifier())],
  ['a hash match', () => new HashMatch({ url: `${stub.url}/match`, key: stub.key })],
];

describe.each(subjects)('%s that cannot judge throws', (_, create) => {
  it.each(['broken', 'unauthorized', 'bad_json', 'cut'] as const)('when %s', async (fault) => {
    stub.server.fault = fault;

    await expect(create().judge(showing('lake'), never)).rejects.toThrow();
  });

  it.each(['slow', 'stalled', 'huge'] as const)('in time when %s', async (fault) => {
    stub.server.fault = fault;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), 200);

    await expect(create().judge(showing('lake'), limit.signal)).rejects.toThrow();
    clearTimeout(timer);
  });
});

describe('a hash match', () => {
  it('blocks what the service knows, and allows what it does not', async () => {
    const moderator = new HashMatch({ url: `${stub.url}/match`, key: stub.key });
    expect(await moderator.judge(showing(), never)).toMatchObject({ outcome: 'allow' });

    stub.knownFiles.add('ab'.repeat(32));

    expect(await moderator.judge(showing(), never)).toEqual({
      provider: 'hash-match',
      version: 'trial-list',
      outcome: 'block',
      category: 'known_file',
      score: 1,
    });
  });
});
