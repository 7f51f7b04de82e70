import { describe, expect, test } from 'vitest';
import {
  isQuote,
  type PriceBook,
  type PriceRequest,
  quote,
  quoteClip,
  resolutionOf,
} from './price-book.js';

const book: PriceBook = {
  version: '2026-01',
  models: { 'landscape-1': { perImage: { '2K': 10n, '4K': 2n ** 53n + 1n } } },
};

const request: PriceRequest = { model: 'landscape-1', sizeClass: '2K', images: 3 };

describe('quote', () => {
  test('multiplies the price of one image and names the price book', () => {
    expect(quote(book, request)).toEqual({
      priceBookVersion: '2026-01',
      model: 'landscape-1',
      sizeClass: '2K',
      images: 3,
      perImage: 10n,
      total: 30n,
    });
  });

  test('stays exact beyond 2^53', () => {
    expect(quote(book, { ...request, sizeClass: '4K' })).toMatchObject({
      total: 27021597764222979n,
    });
  });

  test('refuses a size that is not sold, naming field and rule', () => {
    expect(quote(book, { ...request, sizeClass: 'custom' })).toEqual({
      code: 'validation_error',
      message: 'model landscape-1 is not sold at size custom',
      field: 'size',
    });
  });

  test.each(['unknown', 'toString', '__proto__'])('refuses the model %s', (model) => {
    expect(quote(book, { ...request, model })).toMatchObject({ code: 'validation_error' });
  });

  test.each([0, -1, 1.5, Number.NaN, 2 ** 53])('refuses %s images', (images) => {
    expect(quote(book, { ...request, images })).toMatchObject({
      code: 'validation_error',
      field: 'images',
    });
  });

  test('is told from an error by isQuote', () => {
    expect(isQuote(quote(book, request))).toBe(true);
    expect(isQuote(quote(book, { ...request, images: 0 }))).toBe(false);
  });
});

describe('a model of variable price', () => {
  const perResolution = { '1k': { medium: 5n, high: 8n }, '2k': { medium: 9n, high: 14n } };
  const variable: PriceBook = {
    version: '2026-02',
    models: {
      varied: { perImage: { custom: 7n }, perResolution },
      flat: { perImage: { custom: 3n } },
    },
  };
  const asked = { model: 'varied', sizeClass: 'custom', images: 2 } as const;

  test('is priced by resolution and quality', () => {
    const high = { resolution: '2k', quality: 'high' } as const;
    expect(quote(variable, { ...asked, detail: high })).toMatchObject({
      perImage: 14n,
      total: 28n,
    });
  });

  test('is priced by size where a request states no detail', () => {
    expect(quote(variable, asked)).toMatchObject({ perImage: 7n });
  });

  test('refuses a resolution that is not sold, naming field and rule', () => {
    const detail = { resolution: '8k', quality: 'medium' } as const;
    expect(quote(variable, { ...asked, detail })).toEqual({
      code: 'validation_error',
      message: 'model varied is not sold at resolution 8k',
      field: 'resolution',
    });
  });

  test('is not what a flat price is: there the detail changes nothing', () => {
    const detail = { resolution: '8k', quality: 'high' } as const;
    expect(quote(variable, { ...asked, model: 'flat', detail })).toMatchObject({ perImage: 3n });
  });
});

describe('a clip', () => {
  const clips = { 'motion-1': { perSecond: 5n }, 'motion-2': { perClip: 40n } };
  const sold: PriceBook = { ...book, clips };

  test.each([
    ['motion-1', 3, 15n],
    ['motion-2', 3, 40n],
  ])('of %s of %d seconds costs %s tokens, as one image would', (model, seconds, total) => {
    expect(quoteClip(sold, model, seconds)).toEqual({
      priceBookVersion: '2026-01',
      model,
      sizeClass: 'custom',
      images: 1,
      perImage: total,
      total,
    });
  });

  test.each(['landscape-1', 'unknown', '__proto__'])('is not sold by %s', (model) => {
    expect(quoteClip(sold, model, 3)).toMatchObject({ code: 'validation_error', field: 'model' });
    expect(quoteClip(book, model, 3)).toMatchObject({ code: 'validation_error' });
  });
});

describe('resolutionOf', () => {
  test.each([
    [256, 256, '1k'],
    [1024, 1024, '1k'],
    [1032, 256, '2k'],
    [256, 2048, '2k'],
    [2049, 1, '4k'],
    [8192, 8192, '8k'],
    [20_000, 1, '8k'],
  ] as const)('%d by %d is %s', (width, height, resolution) => {
    expect(resolutionOf(width, height)).toBe(resolution);
  });
});
