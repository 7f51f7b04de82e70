import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MAX_SEALED_TEXT_BYTES,
  sealText,
  UnsealFailed,
  unseal,
  unsealText,
} from './sealed-text.js';

const key = { id: 'k1', secret: randomBytes(32) };
const otherKey = { id: 'k2', secret: randomBytes(32) };
const context = 'generation-01#prompt';

describe('a sealed text', () => {
  test('opens to what was sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, associatedData) => {
        const sealed = sealText(key, text, associatedData);
        expect(unsealText(key, sealed, associatedData)).toBe(text);
      }),
    );
  });

  test('opens to the bytes that were sealed', () => {
    const bytes = randomBytes(1_000);
    expect(bytes.equals(unseal(key, sealText(key, bytes, context), context))).toBe(true);
  });

  test('is v1 and base64 of nonce, ciphertext and tag', () => {
    const sealed = sealText(key, 'twelve bytes', context);
    expect(sealed).toMatch(/^v1\.[A-Za-z0-9+/]+=*$/);
    expect(Buffer.from(sealed.slice(3), 'base64')).toHaveLength(12 + 12 + 16);
  });

  test('is another one every time: no nonce comes twice', () => {
    const nonces = Array.from({ length: 3_000 }, () =>
      sealText(key, 'same', context).slice(3, 3 + 16),
    );
    expect(new Set(nonces).size).toBe(3_000);
  });

  test('does not open with another key or for another purpose', () => {
    const sealed = sealText(key, 'a lighthouse at dawn', context);
    expect(() => unseal(otherKey, sealed, context)).toThrow(UnsealFailed);
    expect(() => unseal(key, sealed, 'generation-02#prompt')).toThrow(UnsealFailed);
  });

  test('does not open when any character is another one', () => {
    const alphabet = 'ABCxyz019+/=.-_ \n';
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.nat(),
        fc.constantFrom(...alphabet),
        (text, at, other) => {
          const sealed = sealText(key, text, context);
          const index = at % sealed.length;
          fc.pre(sealed[index] !== other);
          const forged = sealed.slice(0, index) + other + sealed.slice(index + 1);
          expect(() => unseal(key, forged, context)).toThrow(UnsealFailed);
        },
      ),
    );
  });

  test('does not open when it is cut or longer', () => {
    const sealed = sealText(key, 'a lighthouse at dawn', context);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => unseal(key, sealed.slice(0, length), context)).toThrow(UnsealFailed);
    }
    expect(() => unseal(key, `${sealed}AAAA`, context)).toThrow(UnsealFailed);
  });

  test('fails with the same words, whatever is wrong', () => {
    const sealed = sealText(key, 'a lighthouse at dawn', context);
    const messages = ['', 'v2.AAAA', sealed.slice(0, 20), `${sealed.slice(0, -4)}AAA=`].map(
      (forged) => {
        try {
          return unsealText(key, forged, context);
        } catch (error) {
          return String(error);
        }
      },
    );
    expect(new Set(messages)).toEqual(
      new Set(['UnsealFailed: sealed text cannot be opened with this key']),
    );
  });

  test('is of bounded size', () => {
    const largest = Buffer.alloc(MAX_SEALED_TEXT_BYTES);
    expect(unseal(key, sealText(key, largest, context), context)).toHaveLength(largest.length);
    expect(() => sealText(key, Buffer.alloc(MAX_SEALED_TEXT_BYTES + 1), context)).toThrow(
      RangeError,
    );
  });
});
