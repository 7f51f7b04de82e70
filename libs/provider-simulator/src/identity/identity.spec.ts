import type { IdentityEmbedding } from '@imprest/application';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paintPicture } from '../rendering/paint-picture.js';
import { smallRequest } from '../small-request.fixtures.js';
import { EMBEDDING_LENGTH, embeddingOf, hairAt } from './embedding.js';
import { looksOf } from './looks.js';

const mira = 'an adult woman of 34 years with long auburn hair, green eyes';
const others = [
  'an adult man of 60 years with short grey hair, brown eyes',
  'an adult woman of 45 years with curly black hair, blue eyes',
  'an adult woman of 34 years with long auburn hair, hazel eyes',
];
const PROMPTS = ['a portrait at night', 'by the sea, golden hour', 'in a city in the rain'];

const control = { checkpoint: () => {}, onProgress: () => {} };
const task = { ...smallRequest, frame: 0, references: [], width: 96, height: 120 };
const paint = (prompt: string, seed: number, identity?: IdentityEmbedding) =>
  paintPicture({ ...task, prompt, seed, identity }, [], control).data;

const differenceOf = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] as number)), 0) / a.length;

const pairs = <T>(items: readonly T[]) =>
  items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const));

describe('an embedding', () => {
  it('is the same for the same words and another one for others', () => {
    expect(embeddingOf(mira)).toEqual(embeddingOf(mira));
    expect(embeddingOf(mira)).toHaveLength(EMBEDDING_LENGTH);
    for (const other of others) expect(embeddingOf(other)).not.toEqual(embeddingOf(mira));
  });

  it('has the hair that the words name', () => {
    const hairOf = (text: string) => hairAt(embeddingOf(text)[0] as number);
    expect(hairOf('with long hair')).toBe('long');
    expect(hairOf('with curly hair')).toBe('curls');
    expect(hairOf('with a hat')).toBe('hat');
  });

  it('of whatever numbers leads to looks', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 })), (numbers) => {
        const looks = looksOf(numbers);
        expect(looks).toEqual(looksOf(numbers));
        expect(Math.max(...looks.paper, ...looks.ink)).toBeLessThanOrEqual(1.2);
        expect(Math.min(...looks.paper, ...looks.ink)).toBeGreaterThanOrEqual(-0.1);
      }),
    );
  });
});

describe('pictures of somebody', () => {
  const pictureOf = (description: string | undefined, at: number) =>
    paint(
      PROMPTS[at] as string,
      at,
      description === undefined ? undefined : embeddingOf(description),
    );
  const own = PROMPTS.map((_, at) => pictureOf(mira, at));
  const apart = Math.max(...pairs(own).map(([one, other]) => differenceOf(one, other)));

  it.each(others)('look the same across prompts and seeds, and not like those of %s', (other) => {
    for (const at of [0, 1]) {
      const strange = pictureOf(other, at);
      for (const picture of own) expect(differenceOf(strange, picture)).toBeGreaterThan(apart);
    }
  });

  it('still show what the prompt says', () => {
    for (const [one, other] of pairs(own)) expect(differenceOf(one, other)).toBeGreaterThan(1);
  });

  it('look like nobody in particular without an embedding', () => {
    const [one, other] = [pictureOf(undefined, 0), pictureOf(undefined, 1)];
    expect(differenceOf(one, other)).toBeGreaterThan(apart);
  });
});
