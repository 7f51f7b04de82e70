import { generalImageLimits } from '@imprest/domain';
import { describe, expect, it, test } from 'vitest';
import { parseModels } from './model-catalogue.js';

const still = 's: { provider: p, tokensPerImage: { 2K: 1 } }';
const parse = (entry: string, more = '') =>
  parseModels(`version: "1"\ndefault: s\n${more}models:\n  ${still}\n  ${entry}`);

describe('an image model', () => {
  it('takes all that the product does, unless its entry says less', () => {
    expect(parse('').resolve('s')).toMatchObject({
      kind: 'image',
      enabled: true,
      moderation: 'standard',
      limits: generalImageLimits,
    });
    expect(parse('').resolve('s')).not.toHaveProperty('dialects');
    const narrow = parse(
      `m: { provider: p, tokensPerImage: { 2K: 1 }, enabled: false, moderation: strict, dialects: [xenodia],
        capabilities: { aspectRatios: ["1:1"], seed: false }, limits: { maxImages: 2, maxReferences: 0, maxPixels: 4096 } }`,
    );
    expect(narrow.resolve('m')).toMatchObject({
      enabled: false,
      moderation: 'strict',
      dialects: ['xenodia'],
      limits: {
        ...generalImageLimits,
        ...{ aspectRatios: ['1:1'], seed: false, maxImages: 2, maxReferences: 0, maxPixels: 4096 },
      },
    });
  });
});

test('what a megapixel takes of a GPU may be guessed at', () => {
  const guess = (value: string) =>
    parse(`m: { provider: p, tokensPerImage: { 2K: 1 }, gpuMsForUnit: ${value} }`);
  expect(guess('250').resolve('m')?.gpuMsForUnit).toBe(250);
  expect(guess('250').resolve('s')).not.toHaveProperty('gpuMsForUnit');
  expect(() => guess('0')).toThrow('models.m.gpuMsForUnit');
});

describe('a video model', () => {
  const plain = 'v: { kind: video, provider: p, tokensPerSecond: 5 }';

  it('has a price for a clip or for each second of it, and is no image model', () => {
    const catalogue = parse(`${plain}\n  w: { kind: video, provider: p, tokensPerClip: 9 }`);
    expect(catalogue.priceBook.clips).toEqual({ v: { perSecond: 5n }, w: { perClip: 9n } });
    expect(Object.keys(catalogue.priceBook.models)).toEqual(['s']);
  });

  it('fills in what an entry leaves out', () => {
    expect(parse(plain).resolve('v')).toMatchObject({
      kind: 'video',
      mediaTypes: ['video/mp4', 'image/webp'],
      framesPerSecond: 8,
      limits: {
        minSeconds: 1,
        maxSeconds: 1,
        defaultSeconds: 1,
        maxSide: 512,
        maxPromptCharacters: 2_000,
      },
    });
  });

  it('is what a request for a video gets that names none', () => {
    expect(parse(plain).defaultVideo).toBeUndefined();
    expect(parse(plain, 'defaultVideo: v\n').defaultVideo).toBe('v');
  });
});

describe('an entry that breaks a rule', () => {
  const image = (fields: string) => `m: { provider: p, tokensPerImage: { 2K: 1 }, ${fields} }`;
  const video = (fields: string) => `m: { kind: video, provider: p, ${fields} }`;

  it.each([
    ['m: { kind: sound, provider: p }', 'models.m.kind must be one of image, video'],
    [image('enabled: "no"'), 'models.m.enabled must be true or false'],
    [image('dialects: [other]'), 'models.m.dialects[0] must be one of xmode, xenodia'],
    [image('dialects: []'), 'models.m.dialects must name one of xmode, xenodia'],
    [image('dialects: [xmode, xmode]'), 'at least, each once'],
    [image('moderation: Not This'), 'models.m.moderation must match'],
    [image('limits: { maxImages: 16 }'), 'limits.maxImages must be a whole number from 1 to 15'],
    [
      image('limits: { maxSeconds: 1 }'),
      'models.m.limits.maxSeconds is not a field: use maxImages',
    ],
    [image('capabilities: { aspectRatios: ["5:1"] }'), 'aspectRatios[0] must be one of 1:1, 16:9'],
    [image('capabilities: { seed: 1 }'), 'models.m.capabilities.seed must be true or false'],
    [image('tokensPerClip: 1'), 'models.m.tokensPerClip is not a field'],
    [video('mediaTypes: [image/gif]'), 'mediaTypes[0] must be one of video/mp4, image/webp'],
    [video('framesPerSecond: 8'), 'models.m must have one of tokensPerClip and tokensPerSecond'],
    [video('tokensPerClip: 1, tokensPerSecond: 1'), 'one of tokensPerClip and tokensPerSecond'],
    [
      video('tokensPerClip: 1, framesPerSecond: 1'),
      'framesPerSecond must be a whole number from 2',
    ],
    [
      video('tokensPerClip: 1, limits: { minSeconds: 5, maxSeconds: 4 }'),
      'models.m.limits.maxSeconds must be at least minSeconds',
    ],
    [
      video('tokensPerClip: 1, limits: { maxSeconds: 4, defaultSeconds: 5 }'),
      'limits.defaultSeconds must be a whole number from 1 to 4',
    ],
  ])('%s: %s', (entry, message) => {
    expect(() => parse(entry)).toThrow(message);
  });

  it.each([
    ['defaultVideo: s\n', 'defaultVideo names s, which makes no videos'],
    ['defaultVideo: x\n', 'defaultVideo names x, which is not among the models'],
  ])('%j: %s', (line, message) => {
    expect(() => parse('', line)).toThrow(message);
  });
});

test('how a model is placed on workers may be said, within reason', () => {
  const placed = (fields: string) =>
    parse(`m: { provider: p, tokensPerImage: { 2K: 1 }, ${fields} }`).resolve('m');
  const placement = {
    vramBytes: 24_000_000_000,
    slotCost: 2,
    warmFloor: 1,
    holdSeconds: 120,
    loadSeconds: 30,
  };
  const text = Object.entries(placement).map(([name, value]) => `${name}: ${value}`);
  expect(placed(text.join(', '))).toMatchObject(placement);
  expect(parse('').resolve('s')).not.toHaveProperty('slotCost');
  expect(() => placed('slotCost: 0')).toThrow('models.m.slotCost');
  expect(() => placed('vramBytes: 24GB')).toThrow('models.m.vramBytes');
  expect(() => placed('holdSeconds: 86401')).toThrow('models.m.holdSeconds');
});
