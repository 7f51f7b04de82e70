import { describe, expect, it } from 'vitest';
import { readMoney, readTokens } from './read-tokens.ts';

describe('what somebody typed', () => {
  it('is a number of tokens when it is whole and at least one', () => {
    expect(readTokens('100 000')).toBe(100_000);
    expect(readTokens('0')).toBeUndefined();
    expect(readTokens('1.5')).toBeUndefined();
    expect(readTokens('1000000000001')).toBeUndefined();
  });

  it('is an amount of money with a point or a comma', () => {
    expect(readMoney('1 250,50')).toBe('1250.50');
    expect(readMoney('89.90')).toBe('89.90');
    expect(readMoney('0.00')).toBeUndefined();
    expect(readMoney('1,250.50')).toBeUndefined();
  });
});
