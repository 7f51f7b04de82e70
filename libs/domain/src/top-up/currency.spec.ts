import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalAmount, isSoldIn, moneyText, parseAmount } from './index.js';

describe('an amount of money', () => {
  test.each([
    [1_250n, 'EUR', '12.50'],
    [5n, 'USD', '0.05'],
    [0n, 'CHF', '0.00'],
    [-5n, 'EUR', '-0.05'],
    [1_250n, 'JPY', '1250'],
  ])('of %s minor units of %s is written %s', (minorUnits, currency, text) => {
    expect(decimalAmount({ minorUnits, currency })).toBe(text);
  });

  test('is written with its currency', () => {
    expect(moneyText({ minorUnits: 4_900n, currency: 'EUR' })).toBe('49.00 EUR');
  });

  test.each([
    ['49', 'EUR', 4_900n],
    ['49.0', 'EUR', 4_900n],
    ['49.00000', 'EUR', 4_900n],
    ['0.01', 'USD', 1n],
    ['1250', 'JPY', 1_250n],
  ])('%s %s is read exactly', (text, currency, minorUnits) => {
    expect(parseAmount(text, currency)).toEqual({ minorUnits, currency });
  });

  test.each(['', '1,50', '1e3', '-1', '+1', '01', '.5', '1.', 'NaN', '1 000', '9'.repeat(16)])(
    '%j is none',
    (text) => expect(parseAmount(text, 'EUR')).toBeUndefined(),
  );

  test('has no fractions of a minor unit, unless they are to be dropped', () => {
    expect(parseAmount('1.005', 'EUR')).toBeUndefined();
    expect(parseAmount('1.005', 'EUR', 'drop')).toEqual({ minorUnits: 100n, currency: 'EUR' });
    expect(parseAmount('100.9', 'JPY', 'drop')).toEqual({ minorUnits: 100n, currency: 'JPY' });
  });

  test('is read as it was written', () => {
    const amounts = fc.record({
      minorUnits: fc.bigInt(0n, 10n ** 15n - 1n),
      currency: fc.constantFrom('EUR', 'JPY', 'USD'),
    });
    fc.assert(
      fc.property(amounts, (money) => {
        expect(parseAmount(decimalAmount(money), money.currency)).toEqual(money);
      }),
    );
  });
});

test('prices are stated in currencies with two decimals or none', () => {
  expect(['EUR', 'USD', 'JPY'].every(isSoldIn)).toBe(true);
  expect(['eur', 'EURO', 'KWD', 'ISK', ''].some(isSoldIn)).toBe(false);
});
