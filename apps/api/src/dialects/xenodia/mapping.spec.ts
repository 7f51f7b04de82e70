import type { ModelCatalogue } from '@imprest/application';
import type { PriceBook, SizeClass } from '@imprest/domain';
import { MAX_PIXELS } from '@imprest/domain';
import type { XmodeRecord } from '@imprest/generation-records';
import { imageModel, videoModel } from '@imprest/testkit';
import { describe, expect, it } from 'vitest';
import { capabilitiesOf, modelOf } from './capabilities.js';
import { generationIdOf, taskIdOf, toImages, toInput, toTask } from './mapping.js';
import type { ImagesBody } from './requests.js';
import { ASPECT_RATIOS, pixelsOf, RESOLUTIONS } from './sizes.js';

const model = imageModel();

function catalogue(perImage: Partial<Record<SizeClass, bigint>>): ModelCatalogue {
  const priceBook: PriceBook = { version: '2026-01', models: { 'landscape-1': { perImage } } };
  return { aliases: ['landscape-1'], priceBook, resolve: () => model };
}

const all = capabilitiesOf(model, catalogue({ '2K': 10n, '4K': 20n, custom: 5n }));
const presetsOnly = capabilitiesOf(model, catalogue({ '2K': 10n }));

function input(body: Partial<ImagesBody>, can = all) {
  return toInput({ prompt: 'a lake', ...body }, [], model, can, 'ada@example.com');
}

function refusal(body: Partial<ImagesBody>, can = all) {
  try {
    input(body, can);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('what a model can do', () => {
  it('follows from what of it is for sale', () => {
    expect(all.resolutions).toEqual(['1K', '2K', '4K']);
    expect(all.price.per_image).toEqual({ '1K': 5, '2K': 10, '4K': 20, custom: 5 });
    expect(presetsOnly.resolutions).toEqual(['2K']);
    expect(presetsOnly.custom_sizes).toBeNull();
    expect(presetsOnly.price.per_image).toEqual({ '2K': 10 });
    expect(presetsOnly.sizes).toContain('2560x1440');
  });

  it('is less where its limits say so, and a request is held to them', () => {
    const limits = { ...model.limits, maxPixels: 1_100_000, maxImages: 2, maxReferences: 0 };
    const narrow = imageModel({
      limits: { ...limits, aspectRatios: ['1:1', '16:9'], seed: false },
    });
    const can = capabilitiesOf(narrow, catalogue({ '2K': 10n, custom: 5n }));
    expect(can).toMatchObject({
      ...{ resolutions: ['1K'], sizes: ['1024x1024', '1360x768'], aspect_ratios: ['1:1', '16:9'] },
      ...{ max_n: 2, max_references: 0, seed: false, custom_sizes: { max_pixels: 1_100_000 } },
    });
    expect(refusal({ aspect_ratio: '3:2' }, can)).toMatchObject({
      error: { field: 'aspect_ratio' },
    });
    expect(refusal({ image_input: 'https://images.example.com/1.png' }, can)).toMatchObject({
      error: { message: 'image_input must be at most 0 for model landscape-1' },
    });
  });

  it.each([
    [{ perSecond: 5n }, { per_second: 5 }],
    [{ perClip: 40n }, { per_clip: 40 }],
  ])('of a model for videos is its seconds and its price: %o', (sold, price) => {
    const prices = { priceBook: { version: '2026-01', models: {}, clips: { 'motion-1': sold } } };
    expect(modelOf(videoModel(), prices)).toEqual({
      id: 'motion-1',
      object: 'model',
      created: 0,
      owned_by: 'imprest',
      capabilities: {
        kind: 'video',
        min_seconds: 1,
        max_seconds: 6,
        default_seconds: 2,
        max_side: 512,
        frames_per_second: 8,
        max_prompt_characters: 8_000,
        seed: true,
        output_formats: ['mp4', 'webp'],
        price: { unit: 'token', version: '2026-01', ...price },
      },
    });
  });

  it('tells what the uncensored dialect pays where that depends on resolution and quality', () => {
    const perResolution = { '1k': { medium: 5n, high: 8n } };
    const models = { [model.alias]: { perImage: { custom: 7n }, perResolution } };
    const { price } = capabilitiesOf(model, { priceBook: { version: '2026-01', models } });

    expect(price.by_resolution).toEqual({ '1k': { medium: 5, high: 8 } });
    expect(all.price).not.toHaveProperty('by_resolution');
  });

  it('is at most as many pixels as any picture may have', () => {
    for (const resolution of RESOLUTIONS) {
      for (const ratio of ASPECT_RATIOS) {
        const [width, height] = pixelsOf(resolution, ratio);
        expect(width * height).toBeLessThanOrEqual(MAX_PIXELS);
        const [across = 1, down = 1] = ratio.split(':').map(Number);
        expect(Math.abs(width / height / (across / down) - 1)).toBeLessThan(0.04);
      }
    }
  });
});

describe('the size of the pictures', () => {
  it.each([
    [{}, 1024, 1024, 'custom'],
    [{ size: 'auto' }, 1024, 1024, 'custom'],
    [{ size: '1792x1024' }, 1792, 1024, 'custom'],
    [{ resolution: '1K', aspect_ratio: '16:9' }, 1360, 768, 'custom'],
    [{ resolution: '2K' }, 2048, 2048, '2K'],
    [{ resolution: '4K', aspect_ratio: '9:16' }, 3040, 5504, '4K'],
    [{ aspect_ratio: '3:2', image_input: ['https://a.example/1.png'] }, 1248, 832, 'custom'],
  ])('of %j is %i by %i, sold as %s', (body, width, height, sizeClass) => {
    expect(input(body).pixels).toEqual({ width, height, sizeClass });
  });

  it('follows the first reference where nothing else says it', () => {
    const image_input = ['https://a.example/1.png'];
    expect(input({ image_input })).toMatchObject({ size: '2K', references: image_input });
    expect(input({ image_input, resolution: '4K' })).toMatchObject({ size: '4K' });
    expect(input({ image_input }).pixels).toBeUndefined();
  });

  it('is sold by its resolution where other sizes have no price', () => {
    const pixels = { width: 2560, height: 1440, sizeClass: '2K' };
    expect(input({ size: '2560x1440' }, presetsOnly).pixels).toEqual(pixels);
    expect(input({}, presetsOnly).pixels).toMatchObject({ sizeClass: '2K' });
  });
});

describe('what a model does not support', () => {
  it.each([
    [{ resolution: '8K' }, 'resolution', '1K, 2K, 4K'],
    [{ aspect_ratio: '5:1' }, 'aspect_ratio', '16:9'],
    [{ output_format: 'webp' }, 'output_format', 'png'],
    [{ size: 'large' }, 'size', 'WxH'],
    [{ size: '1024x1024', resolution: '1K' }, 'size', 'resolution'],
    [{ image_input: ['x'], resolution: '8K' }, 'resolution', '4K'],
  ])('%j is refused by field, with what it does support', (body, field, supported) => {
    expect(refusal(body)).toMatchObject({
      error: { code: 'validation_error', field, message: expect.stringContaining(supported) },
    });
  });

  it('is also a size without a price', () => {
    expect(refusal({ size: '1024x1024' }, presetsOnly)).toMatchObject({ error: { field: 'size' } });
    expect(refusal({ resolution: '1K' }, presetsOnly)).toMatchObject({
      error: { field: 'resolution' },
    });
  });
});

describe('the id of a task', () => {
  it('is that of the generation, and leads back to it', () => {
    const id = `req_${'0'.repeat(26)}`;
    expect(generationIdOf(taskIdOf(id))).toBe(id);
    for (const other of [id, 'task_1', '', `task_${'U'.repeat(26)}`]) {
      expect(generationIdOf(other)).toBeUndefined();
    }
  });
});

const record: XmodeRecord = {
  requestId: `req_${'0'.repeat(26)}`,
  model: 'landscape-1',
  status: 'succeeded',
  prompt: 'a lake',
  referencesCount: 0,
  endUserEmail: 'ada@example.com',
  createdAt: '2026-01-15T09:00:00.900Z',
  finishedAt: '2026-01-15T09:00:04.100Z',
  input: {},
  images: [
    {
      id: 'img_1',
      expiresAt: '2026-01-16T08:00:04.100Z',
      url: 'https://i.example/assets/img_1',
      sha256: '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730',
    },
    { id: 'img_2', error: { code: 'storage_failed' } },
  ],
  cost: { xTokens: 20, refunded: 10 },
};
const { finishedAt: _finishedAt, images: _images, ...unfinished } = record;
const failure = { code: 'provider_error', message: 'the renderer failed' } as const;

describe('a task', () => {
  it.each([
    ['queued', 'waiting'],
    ['processing', 'running'],
  ] as const)('that is %s is %s and has no outcome', (status, state) => {
    expect(toTask({ ...unfinished, status }, null)).toEqual({
      task_id: `task_${'0'.repeat(26)}`,
      object: 'task',
      model: 'landscape-1',
      type: 'image',
      state,
      created_at: 1_768_467_600,
      poll_url: `/v1/tasks/task_${'0'.repeat(26)}`,
    });
  });

  it('that succeeded holds what was stored and what it cost', () => {
    expect(toTask(record, null)).toMatchObject({
      state: 'success',
      finished_at: 1_768_467_604,
      data: [{ url: 'https://i.example/assets/img_1' }],
      cost: { tokens: 20, refunded: 10 },
    });
  });

  it('that failed or was cancelled says why', () => {
    expect(toTask({ ...record, status: 'failed' }, failure)).toMatchObject({
      state: 'failed',
      error: failure,
    });
    expect(toTask({ ...record, status: 'cancelled' }, null)).toMatchObject({
      state: 'failed',
      error: { code: 'cancelled' },
    });
  });
});

describe('the answer to whoever waited', () => {
  it('is OpenAI’s, with the cost', () => {
    expect(toImages(record, null)).toEqual({
      created: 1_768_467_600,
      data: [{ url: 'https://i.example/assets/img_1' }],
      cost: { tokens: 20, refunded: 10 },
    });
  });

  it('is an error for work without an image', () => {
    const answer = (status: XmodeRecord['status'], why: typeof failure | null) => () =>
      toImages({ ...record, status }, why);
    expect(answer('failed', failure)).toThrow('the renderer failed; nothing was charged');
    expect(answer('cancelled', null)).toThrow('cancelled');
    expect(answer('expired', null)).toThrow('expired');
  });
});
