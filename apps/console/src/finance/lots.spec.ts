import { describe, expect, it } from 'vitest';
import { isOpen } from './lots.ts';

describe('a lot', () => {
  it('is open while tokens can be spent, are held or are owed', () => {
    expect(isOpen({ available: '5', held: '0' })).toBe(true);
    expect(isOpen({ available: '0', held: '1' })).toBe(true);
    expect(isOpen({ available: '-3', held: '0' })).toBe(true);
    expect(isOpen({ available: '0', held: '0' })).toBe(false);
  });
});
