import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HmacSha256 } from './hmac-sha256.js';
import { KeyDerivation } from './key-derivation.js';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('HmacSha256 is HMAC-SHA256', () => {
  fc.assert(
    fc.property(bytes(32), bytes(59), bytes(59), (key, first, second) => {
      const hmac = new HmacSha256(key, 59);
      for (const message of [first, second]) {
        const digest = hmac.digest((into, offset) => into.set(message, offset));
        expect(digest).toEqual(createHmac('sha256', key).update(message).digest());
      }
    }),
  );
});

test('a secret is HMAC-SHA256 of label, id and salt under the master key', () => {
  const masterKey = Buffer.alloc(32, 7);
  const salt = Buffer.alloc(32, 9);
  const id = Buffer.from('0000000000000102', 'hex');
  expect(new KeyDerivation(masterKey).secretOf({ id: '258', salt })).toEqual(
    createHmac('sha256', masterKey).update('imprest data key v1').update(id).update(salt).digest(),
  );
});

test('another master key, id or salt gives another secret, and so another proof', () => {
  const salt = Buffer.alloc(32, 9);
  const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((key) => new KeyDerivation(key));
  const secrets = [
    a!.secretOf({ id: '1', salt }),
    b!.secretOf({ id: '1', salt }),
    a!.secretOf({ id: '2', salt }),
    a!.secretOf({ id: '1', salt: Buffer.alloc(32, 8) }),
    a!.proof,
    b!.proof,
  ].map((secret) => secret.toString('hex'));
  expect(new Set(secrets).size).toBe(secrets.length);
});

test('a master key of another size is refused', () => {
  expect(() => new KeyDerivation(Buffer.alloc(31))).toThrow(RangeError);
});
