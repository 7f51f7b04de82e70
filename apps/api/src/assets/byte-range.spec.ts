import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteRange } from './byte-range.js';

describe('one range', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=0-99', { start: 0, end: 99 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=90-1000', { start: 90, end: 99 }],
    ['bytes=-1', { start: 99, end: 99 }],
    ['bytes=-100', { start: 0, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
  ])('%s of 100 bytes is what RFC 9110 says', (header, range) => {
    expect(byteRange(header, 100)).toEqual(range);
  });

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=999999999999999-', 'bytes=-0'])(
    '%s lies outside of 100 bytes',
    (header) => expect(byteRange(header, 100)).toBe('unsatisfiable'),
  );

  it.each(['bytes=0-', 'bytes=0-0', 'bytes=-1'])('%s lies outside of nothing', (header) => {
    expect(byteRange(header, 0)).toBe('unsatisfiable');
  });
});

describe('the whole', () => {
  it.each([
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=5-2',
    'bytes=a-b',
    'bytes=1.5-2',
    'bytes= 0-1',
    'bytes=0-1, 5-6',
    'bytes=0-1,5-6',
    'items=0-1',
    'bytes=9999999999999999-',
  ])('is sent for %j', (header) => expect(byteRange(header, 100)).toBeUndefined());
});

describe('any header', () => {
  const number = fc.oneof(fc.constant(''), fc.nat(200).map(String));

  it('gives a range inside the content, or none', () => {
    fc.assert(
      fc.property(number, number, fc.nat(150), (first, last, size) => {
        const range = byteRange(`bytes=${first}-${last}`, size);
        if (typeof range !== 'object') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.start).toBeLessThanOrEqual(range.end);
        expect(range.end).toBeLessThan(size);
      }),
    );
  });
});
