import type { ModerationVerdict, OutputSubject } from '@imprest/application';
import { describe, expect, it } from 'vitest';
import { HashList, HashListInvalid } from './hash-list.js';
import { AnswerInvalid, classificationOf } from './moderation-answer.js';
import { ModeratorsInTurn } from './moderators-in-turn.js';

const DIGEST = 'ab'.repeat(32);
const subject = (sha256: string): OutputSubject => ({
  sha256,
  mediaType: 'image/png',
  pictures: async () => [],
});

describe('a list of known files', () => {
  it('blocks the files it names, in either case and with notes beside them', async () => {
    const list = new HashList(`# from the operator\n\n${DIGEST.toUpperCase()}  picture.png\n`);

    expect(await list.judge(subject(DIGEST))).toMatchObject({
      outcome: 'block',
      category: 'known_file',
    });
    expect(await list.judge(subject('cd'.repeat(32)))).toMatchObject({ outcome: 'allow' });
  });

  it('is refused for a line that is no SHA-256, without showing it', () => {
    expect(() => new HashList(`${DIGEST}\nsecret`)).toThrow(HashListInvalid);
    expect(() => new HashList(`${DIGEST}\nsecret`)).toThrow('line 2 is no SHA-256 in hex');
  });
});

describe('an answer of a classifier', () => {
  const result = { flagged: true, categories: { a: false, b: true, c: true } };

  it('names the categories that apply, the most certain first', () => {
    const scored = { ...result, category_scores: { a: 0.99, b: 0.5, c: 0.9 } };

    expect(classificationOf({ model: 'm-1', results: [scored] })).toEqual({
      flagged: true,
      categories: [
        { name: 'c', score: 0.9 },
        { name: 'b', score: 0.5 },
      ],
      highest: { name: 'a', score: 0.99 },
      version: 'm-1',
    });
    expect(classificationOf({ results: [result] })).toMatchObject({ highest: null });
  });

  it.each([
    undefined,
    {},
    { results: [] },
    { results: [result, result] },
    { results: [{ categories: {} }] },
    { results: [{ flagged: 'no', categories: {} }] },
    { results: [{ flagged: false }] },
    { results: [{ flagged: false, categories: [] }] },
  ])('that is no verdict allows nothing: %j', (answer) => {
    expect(() => classificationOf(answer)).toThrow(AnswerInvalid);
  });
});

describe('moderators in turn', () => {
  const allow = { outcome: 'allow' } as const;
  const block = (category: string): ModerationVerdict => ({
    outcome: 'block',
    category,
    reviewer: 'r',
  });
  const prompt = { prompt: 'a lake' };
  const moderators = (...verdicts: readonly (ModerationVerdict | Promise<ModerationVerdict>)[]) =>
    new ModeratorsInTurn(verdicts.map((verdict) => ({ review: () => verdict })));

  it('answer at once when all of them do', () => {
    expect(moderators(allow, block('a'), block('b')).review(prompt)).toEqual(block('a'));
    expect(moderators(allow, allow).review(prompt)).toEqual(allow);
  });

  it('wait for those that take their time, and ask nobody after one that blocks', async () => {
    let asked = false;
    const late = {
      review: () => {
        asked = true;
        return allow;
      },
    };
    const slow = { review: () => Promise.resolve(block('slow')) };

    expect(await new ModeratorsInTurn([slow, late]).review(prompt)).toEqual(block('slow'));
    expect(asked).toBe(false);
    expect(await moderators(Promise.resolve(allow), block('b')).review(prompt)).toEqual(block('b'));
  });

  it('throw when one of them does', async () => {
    await expect(
      moderators(Promise.reject(new Error('down')), allow).review(prompt),
    ).rejects.toThrow('down');
  });
});
