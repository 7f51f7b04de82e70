import { describe, expect, test } from 'vitest';
import { OtplibTimeCodes } from './otplib-time-codes.js';

const codes = new OtplibTimeCodes();
/** Of RFC 6238, appendix B: the ASCII text 12345678901234567890. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);

describe('a code', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('of RFC 6238 at %d seconds is %s', (seconds, code) => {
    expect(codes.stepOf(SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  test('is good for one step before and after its own, and tells which one it is of', () => {
    const own = Math.floor(1_111_111_109 / 30);
    const steps = [-2, -1, 0, 1, 2].map((away) =>
      codes.stepOf(SECRET, '081804', at(1_111_111_109 + away * 30)),
    );
    expect(steps).toEqual([undefined, own, own, own, undefined]);
  });

  test.each(['', '08180', '0818040', '08 804', 'abcdef', '０８１８０４'])(
    'that reads %j is none',
    (text) => {
      expect(codes.stepOf(SECRET, text, at(1_111_111_109))).toBeUndefined();
    },
  );
});

test('a new secret has 160 bits and goes into an app by its URI', () => {
  const secret = codes.newSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(codes.newSecret()).not.toBe(secret);
  const uri = new URL(codes.uri(secret, 'ada@example.org', 'Imprest'));
  expect(uri.protocol).toBe('otpauth:');
  expect(uri.searchParams.get('secret')).toBe(secret);
  expect(decodeURIComponent(uri.pathname)).toContain('Imprest:ada@example.org');
});
