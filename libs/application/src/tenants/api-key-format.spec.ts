import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  API_KEY_PATTERN,
  apiKeyHash,
  apiKeyId,
  isApiKeyHash,
  newApiKey,
} from './api-key-format.js';

/** A key with a right checksum, made by hand and fixed for ever: keys given out must stay valid. */
const KNOWN = 'imp_live_0123456789ABCDEFGHIJKLMNOPQRSTUV0K1gDr';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const pepper = new Uint8Array(32).fill(3);

describe('a new key', () => {
  test.each(['live', 'test'] as const)('for %s has the form that secret scanners know', (mode) => {
    const { key, id, prefix } = newApiKey(mode);
    expect(key).toMatch(API_KEY_PATTERN);
    expect(key.startsWith(`imp_${mode}_`)).toBe(true);
    expect(prefix).toBe(`imp_${mode}_${id}`);
    expect(key.startsWith(prefix)).toBe(true);
    expect(apiKeyId(key)).toBe(id);
  });

  test('shows less than half of its chance in the prefix', () => {
    const { key, prefix } = newApiKey('live');
    expect(key.length - prefix.length - 6).toBe(20);
  });

  test('is another one every time', () => {
    const keys = Array.from({ length: 1_000 }, () => newApiKey('live'));
    expect(new Set(keys.map(({ key }) => key)).size).toBe(1_000);
    expect(new Set(keys.map(({ id }) => id)).size).toBe(1_000);
  });
});

describe('the id of a key', () => {
  test('is its first twelve random characters', () => {
    expect(apiKeyId(KNOWN)).toBe('0123456789AB');
  });

  test('is not given for a key with one character changed, wherever it is', () => {
    const { key } = newApiKey('live');
    fc.assert(
      fc.property(fc.nat(key.length - 1), fc.constantFrom(...BASE62), (at, character) => {
        fc.pre(key[at] !== character);
        const typo = key.slice(0, at) + character + key.slice(at + 1);
        expect(apiKeyId(typo)).toBeUndefined();
      }),
    );
  });

  test('is not given for two neighbours in the wrong order', () => {
    const { key } = newApiKey('live');
    for (let at = 9; at < key.length - 1; at += 1) {
      const swapped = key.slice(0, at) + key[at + 1] + key[at] + key.slice(at + 2);
      if (swapped !== key) expect(apiKeyId(swapped)).toBeUndefined();
    }
  });

  test.each([
    '',
    'imp_live_',
    KNOWN.slice(0, -1),
    `${KNOWN}0`,
    ` ${KNOWN}`,
    `${KNOWN}\n`,
    KNOWN.toLowerCase(),
    KNOWN.replace('live', 'beta'),
    `${KNOWN.slice(0, 20)}-${KNOWN.slice(21)}`,
    'x'.repeat(100_000),
  ])('is not given for %j', (malformed) => {
    expect(apiKeyId(malformed)).toBeUndefined();
  });
});

describe('the hash of a key', () => {
  test('tells the key from every other one', () => {
    const hash = apiKeyHash(pepper, KNOWN);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(isApiKeyHash(pepper, KNOWN, hash)).toBe(true);
    expect(isApiKeyHash(pepper, newApiKey('live').key, hash)).toBe(false);
  });

  test('is of no use under another pepper', () => {
    expect(isApiKeyHash(new Uint8Array(32), KNOWN, apiKeyHash(pepper, KNOWN))).toBe(false);
  });

  test.each(['', 'ab', 'not hex at all', '0'.repeat(128)])(
    'that is stored as %j matches nothing',
    (hash) => {
      expect(isApiKeyHash(pepper, KNOWN, hash)).toBe(false);
    },
  );

  test('is compared in constant time', async () => {
    const compare = vi.fn(() => false);
    vi.doMock('node:crypto', async (original) => ({
      ...(await original<typeof import('node:crypto')>()),
      timingSafeEqual: compare,
    }));
    vi.resetModules();
    const watched = await import('./api-key-format.js');
    watched.isApiKeyHash(pepper, KNOWN, apiKeyHash(pepper, newApiKey('live').key));
    vi.doUnmock('node:crypto');
    vi.resetModules();
    expect(compare).toHaveBeenCalledTimes(1);
  });
});
