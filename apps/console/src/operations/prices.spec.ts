import { describe, expect, it } from 'vitest';
import { describePrices } from './prices.ts';

const none = {
  tokensPerImage: null,
  tokensByResolution: null,
  tokensPerClip: null,
  tokensPerSecond: null,
};

describe('prices of a model', () => {
  it('are told by size, and by resolution where that counts', () => {
    const prices = {
      ...none,
      tokensPerImage: { small: '10', large: '1500' },
      tokensByResolution: { '2k': { standard: '20' } },
    };
    expect(describePrices(prices)).toEqual([
      'an image: small 10, large 1\u202f500',
      'at 2k: standard 20',
    ]);
  });

  it('of clips are told by clip or by second', () => {
    expect(describePrices({ ...none, tokensPerSecond: '40' })).toEqual(['a second: 40']);
    expect(describePrices({ ...none, tokensPerClip: '200' })).toEqual(['a clip: 200']);
  });
});
