import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unsigned } from './der.js';

test.each([
  [[], '020100'],
  [[0, 0], '020100'],
  [[0x7f], '02017f'],
  [[0x80], '02020080'],
  [[0, 0x7f], '02017f'],
  [[0, 0x80], '02020080'],
  [[0, 0, 1, 2], '02020102'],
])('the integer of %j is %s', (bytes, der) => {
  expect(unsigned(Uint8Array.from(bytes)).toString('hex')).toBe(der);
});

test('whatever the bytes, no octet is there for nothing and the value is theirs', () => {
  const leading = fc.constantFrom<number[]>([], [0], [0, 0]);
  fc.assert(
    fc.property(leading, fc.uint8Array({ minLength: 1, maxLength: 20 }), (zeros, bytes) => {
      const [, , ...content] = unsigned(Uint8Array.from([...zeros, ...bytes]));
      const [first = 0, second = 0] = content;
      expect(content.length > 1 && first === 0 && second < 0x80).toBe(false);
      expect(first).toBeLessThan(0x80);
      expect(BigInt(`0x${Buffer.from(content).toString('hex')}`)).toBe(
        BigInt(`0x${Buffer.from(bytes).toString('hex')}`),
      );
    }),
  );
});
