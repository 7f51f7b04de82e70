import { describe, expect, it } from 'vitest';
import { median, percentile, spread } from './statistics.js';

describe('median', () => {
  it('is the middle of an odd number of values, in any order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the two middle ones of an even number', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });
});

describe('percentile', () => {
  it('is the smallest value that at least this share of values does not exceed', () => {
    const values = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(percentile(values, 0.5)).toBe(50);
    expect(percentile(values, 0.99)).toBe(99);
    expect(percentile(values, 1)).toBe(100);
    expect(percentile([7], 0.99)).toBe(7);
  });
});

describe('spread', () => {
  it('tells median, least and most', () => {
    expect(spread([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 });
  });
});
