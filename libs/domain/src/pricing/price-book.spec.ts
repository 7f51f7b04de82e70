import { describe, expect, test } from 'vitest';
import { isQuote, type PriceBook, type PriceRequest, quote } from './price-book.js';

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
