import { describe, expect, it } from 'vitest';
import { inCurrency, isBalanced, sumOf } from './sums.ts';

describe('sums', () => {
  it('are exact beyond what a number holds', () => {
    expect(sumOf(['9007199254740993', '-1', null])).toBe(9007199254740992n);
  });

  it('are of one currency each', () => {
    const amounts = [
      { currency: 'USD', minorUnits: '5' },
      { currency: 'EUR', minorUnits: '899' },
    ];
    expect(inCurrency(amounts, 'USD')).toBe('5');
    expect(inCurrency(amounts, 'CHF')).toBeNull();
  });

  it('of books are zero in tokens and in each currency', () => {
    const euro = (minorUnits: string) => [{ currency: 'EUR', minorUnits }];
    expect(isBalanced({ total: '0', totalMoney: euro('0') })).toBe(true);
    expect(isBalanced({ total: '0', totalMoney: euro('1') })).toBe(false);
    expect(isBalanced({ total: '-1', totalMoney: [] })).toBe(false);
  });
});
