import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatDecimal, formatShare, formatTokens, fromMinorUnits } from './amount.ts';

const plain = (text: string) => text.replaceAll('\u202f', ' ').replaceAll('\u2212', '-');

describe('amounts', () => {
  it('are grouped by three digits', () => {
    expect(plain(formatTokens(1234567))).toBe('1 234 567');
    expect(plain(formatTokens('-1000'))).toBe('-1 000');
    expect(plain(formatTokens(0n))).toBe('0');
    expect(plain(formatDecimal('1250.00'))).toBe('1 250.00');
    expect(plain(formatDecimal('-0.50'))).toBe('-0.50');
  });

  it('lose no digit, however large', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        const digits = plain(formatTokens(value)).replaceAll(' ', '');
        expect(BigInt(digits)).toBe(value);
        expect(formatTokens(String(value))).toBe(formatTokens(value));
      }),
    );
  });

  it('are never fractions or what no longer is exact', () => {
    for (const wrong of [1.5, Number.NaN, 2 ** 53, '1.5', '1e3', '']) {
      expect(() => formatTokens(wrong)).toThrow(RangeError);
    }
    for (const wrong of ['1,5', '', '1.', '--1']) {
      expect(() => formatDecimal(wrong)).toThrow(RangeError);
    }
  });

  it('have as many digits after the point as their currency', () => {
    expect(fromMinorUnits('125050', 'EUR')).toBe('1250.50');
    expect(fromMinorUnits(-5, 'USD')).toBe('-0.05');
    expect(fromMinorUnits(500n, 'JPY')).toBe('500');
    expect(fromMinorUnits('1', 'KWD')).toBe('0.001');
  });

  it('are all of a whole only when nothing is missing', () => {
    expect(plain(formatShare(9999, 10000))).toBe('99.9 %');
    expect(plain(formatShare('3', '3'))).toBe('100.0 %');
    expect(formatShare(0, 0)).toBe('–');
  });
});

describe('sizes of files', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_250, '1.25 kB'],
    [48_200_000, '48.2 MB'],
    [482_133_000_000_000, '482133 GB'],
  ])('%d is %s', (bytes, text) => {
    expect(plain(formatBytes(bytes))).toBe(text);
  });
});
