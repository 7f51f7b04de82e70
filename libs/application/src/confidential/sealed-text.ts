import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import type { DataKey } from '../ports/data-keys.js';

const VERSION = 'v1.';
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

/** Largest plaintext in bytes: far above any prompt, far below what would stall the event loop. */
export const MAX_SEALED_TEXT_BYTES = 4 * 1024 * 1024;
const MAX_SEALED_CHARACTERS =
  VERSION.length + 4 * Math.ceil((MAX_SEALED_TEXT_BYTES + OVERHEAD_BYTES) / 3);

/**
 * The sealed text was not made with this key and associated data, or was altered. It never says which:
 * the difference is of use to a forger only.
 */
export class UnsealFailed extends Error {
  override readonly name = 'UnsealFailed';
  constructor() {
    super('sealed text cannot be opened with this key');
  }
}

/**
 * AES-256-GCM (NIST SP 800-38D) of a text of at most MAX_SEALED_TEXT_BYTES.
 * One data key seals several texts, so the nonce is random: with 96 bits a collision is out of reach
 * for the handful of texts a key ever sees.
 * @param associatedData what the text belongs to, e.g. stream and field; unseal demands the same.
 * @returns `v1.` + base64(nonce | ciphertext | tag).
 * @throws RangeError when the plaintext is too large.
 */
export function sealText(
  key: DataKey,
  plaintext: string | Uint8Array,
  associatedData: string,
): string {
  const nonce = nextNonce();
  const cipher = createCipheriv(CIPHER, key.secret, nonce);
  cipher.setAAD(Buffer.from(associatedData, 'utf8'));
  const ciphertext =
    typeof plaintext === 'string'
      ? cipher.update(requireSize(plaintext), 'utf8')
      : cipher.update(requireSize(plaintext));
  cipher.final();
  const blob = Buffer.allocUnsafe(OVERHEAD_BYTES + ciphertext.length);
  blob.set(nonce);
  blob.set(ciphertext, NONCE_BYTES);
  blob.set(cipher.getAuthTag(), NONCE_BYTES + ciphertext.length);
  return VERSION + blob.toString('base64');
}

function requireSize<T extends string | Uint8Array>(plaintext: T): T {
  const bytes = typeof plaintext === 'string' ? Buffer.byteLength(plaintext) : plaintext.length;
  if (bytes <= MAX_SEALED_TEXT_BYTES) return plaintext;
  throw new RangeError(`a sealed text holds at most ${MAX_SEALED_TEXT_BYTES} bytes`);
}

/** @throws UnsealFailed */
export function unseal(key: DataKey, sealed: string, associatedData: string): Uint8Array {
  const blob = decode(sealed);
  const tagAt = blob.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv(CIPHER, key.secret, blob.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(associatedData, 'utf8'));
    decipher.setAuthTag(blob.subarray(tagAt));
    const plaintext = decipher.update(blob.subarray(NONCE_BYTES, tagAt));
    decipher.final();
    return plaintext;
  } catch {
    throw new UnsealFailed();
  }
}

/** @throws UnsealFailed */
export function unsealText(key: DataKey, sealed: string, associatedData: string): string {
  return Buffer.from(unseal(key, sealed, associatedData)).toString('utf8');
}

function decode(sealed: string): Buffer {
  if (!sealed.startsWith(VERSION) || sealed.length > MAX_SEALED_CHARACTERS) {
    throw new UnsealFailed();
  }
  const encoded = sealed.slice(VERSION.length);
  const blob = Buffer.from(encoded, 'base64');
  // Node skips what is not base64 and ignores spare bits: only the one canonical spelling is accepted.
  if (blob.length < OVERHEAD_BYTES || blob.toString('base64') !== encoded) {
    throw new UnsealFailed();
  }
  return blob;
}

const nonces = Buffer.alloc(NONCE_BYTES * 512);
let nextNonceAt = nonces.length;

/** One call to the generator per 512 nonces; a nonce is a view that is overwritten 512 seals later. */
function nextNonce(): Buffer {
  if (nextNonceAt === nonces.length) {
    randomFillSync(nonces);
    nextNonceAt = 0;
  }
  nextNonceAt += NONCE_BYTES;
  return nonces.subarray(nextNonceAt - NONCE_BYTES, nextNonceAt);
}
