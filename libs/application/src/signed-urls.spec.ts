import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signAssetPath, type UrlSigningKey, verifyAssetUrl } from './signed-urls.js';

const key: UrlSigningKey = { id: '2', secret: randomBytes(32) };
const olderKey: UrlSigningKey = { id: '1', secret: randomBytes(32) };
const expiresAt = 1_800_000_000;
const url = signAssetPath({ assetId: 'img_01', expiresAt, secret: key });

describe('a signed asset URL', () => {
  test('is path, expiry, key id and HMAC-SHA256 of method, path and expiry', () => {
    const sig = createHmac('sha256', key.secret)
      .update(`GET\n/assets/img_01\n${expiresAt}`)
      .digest('base64url');
    expect(url).toBe(`/assets/img_01?exp=${expiresAt}&kid=2&sig=${sig}`);
  });

  test('is the same every time', () => {
    expect(signAssetPath({ assetId: 'img_01', expiresAt, secret: key })).toBe(url);
  });

  test('is good through the second it expires in, and not after', () => {
    const valid = { valid: true, assetId: 'img_01', expiresAt };
    expect(verifyAssetUrl(url, [key], expiresAt)).toEqual(valid);
    expect(verifyAssetUrl(url, [key], expiresAt + 1)).toEqual({ valid: false, reason: 'expired' });
  });

  test('given a new key took over, is good as long as the old one is kept', () => {
    const old = signAssetPath({ assetId: 'img_01', expiresAt, secret: olderKey });
    expect(verifyAssetUrl(old, [key, olderKey], 0).valid).toBe(true);
    expect(verifyAssetUrl(old, [key], 0)).toEqual({ valid: false, reason: 'forged' });
  });

  test('is forged for another asset, expiry, key id or secret', () => {
    const forged = [
      url.replace('img_01', 'img_02'),
      url.replace(`exp=${expiresAt}`, `exp=${expiresAt + 1}`),
      url.replace('kid=2', 'kid=1'),
    ];
    for (const each of forged) {
      expect(verifyAssetUrl(each, [key, olderKey], 0)).toEqual({ valid: false, reason: 'forged' });
    }
    const renamed = { id: '2', secret: olderKey.secret };
    expect(verifyAssetUrl(url, [renamed], 0)).toEqual({ valid: false, reason: 'forged' });
  });

  test('is not accepted with any character altered', () => {
    fc.assert(
      fc.property(
        fc.nat(url.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, other) => {
          fc.pre(url[at] !== other);
          const forged = url.slice(0, at) + other + url.slice(at + 1);
          expect(verifyAssetUrl(forged, [key, olderKey], 0).valid).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is malformed in any other spelling', () => {
    const [path, query] = url.split('?') as [string, string];
    const malformed = [
      '',
      path,
      `${url}&download=1`,
      `${path}?${query.split('&').reverse().join('&')}`,
      url.replace('exp=', 'exp=0'),
      url.replace('/assets/', '/assets/../assets/'),
      url.replace('img_01', 'img%5F01'),
      `${url}=`,
      `${path}?${'x'.repeat(10_000)}`,
    ];
    for (const each of malformed) {
      expect(verifyAssetUrl(each, [key], 0)).toEqual({ valid: false, reason: 'malformed' });
    }
  });

  test.each([
    { assetId: '../secrets', expiresAt, secret: key },
    { assetId: 'img_01', expiresAt: 1.5, secret: key },
    { assetId: 'img_01', expiresAt: -1, secret: key },
    { assetId: 'img_01', expiresAt, secret: { id: 'a&b', secret: key.secret } },
    { assetId: 'img_01', expiresAt, secret: { id: '3', secret: randomBytes(31) } },
  ])('is not made of unfit parts: $assetId $expiresAt $secret.id', (parts) => {
    expect(() => signAssetPath(parts)).toThrow(RangeError);
  });
});
