import { describe, expect, it } from 'vitest';
import { imageModel, videoModel } from './models.fixture.ts';
import { listPrice } from './price.ts';

describe('the price by the list', () => {
  it.each([
    [{}, 6],
    [{ n: 3 }, 18],
    [{ resolution: '4K', n: 2 }, 40],
    [{ size: '512x512', resolution: '4K' }, 6],
    [{ size: 'auto' }, 6],
    [{ image_input: 'https://a.example/1.png' }, 10],
  ])('of the images dialect for %j is %i', (values, tokens) => {
    expect(listPrice('xenodia', imageModel, values)).toBe(tokens);
  });

  it.each([
    [{}, 5],
    [{ quality: 'high' }, 8],
    [{ image_width: 1_025 }, 10],
    [{ resolution: '2k' }, 10],
    [{ resolution: '1k', image_height: 2_000, quality: 'high' }, 15],
    [{ resolution: '8k' }, null],
  ])('of the jobs dialect for %j is %s', (values, tokens) => {
    expect(listPrice('uncensored', imageModel, values)).toBe(tokens);
  });

  it.each([
    [{}, 10],
    [{ duration: 4 }, 20],
  ])('of a clip of a character for %j is %i', (values, tokens) => {
    expect(listPrice('xavira', videoModel, values)).toBe(tokens);
    expect(listPrice('xavira', imageModel, values)).toBe(6);
  });

  it('is not told of what the list does not say', () => {
    expect(listPrice('xmode', imageModel, {})).toBeNull();
    expect(listPrice('uncensored', videoModel, {})).toBeNull();
    expect(listPrice('xavira', null, {})).toBeNull();
  });
});
