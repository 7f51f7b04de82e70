import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_CHARACTERS = 32;
const CHECKSUM_CHARACTERS = 6;
const ID_CHARACTERS = 12;

/** For secret scanners: a key has this form and a right checksum. */
export const API_KEY_PATTERN = /^imp_(live|test)_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

export type ApiKeyMode = 'live' | 'test';

export interface NewApiKey {
  /** The whole key: shown once, stored nowhere. */
  readonly key: string;
  readonly id: string;
  /** What lists may show. */
  readonly prefix: string;
}

function checksum(text: string): string {
  let value = crc32(text) >>> 0;
  let digits = '';
  for (let count = 0; count < CHECKSUM_CHARACTERS; count += 1) {
    digits = BASE62[value % 62] + digits;
    value = Math.floor(value / 62);
  }
  return digits;
}

/**
 * `imp_live_` + 32 random characters + 6 of the CRC-32 of all before them, in base 62. The first 12 are the id
 * and public; the other 20 are 119 bits of chance, which no slow hash has to protect.
 */
export function newApiKey(mode: ApiKeyMode): NewApiKey {
  let random = '';
  while (random.length < RANDOM_CHARACTERS) random += BASE62[randomInt(62)];
  const body = `imp_${mode}_${random}`;
  const id = random.slice(0, ID_CHARACTERS);
  return { key: body + checksum(body), id, prefix: `imp_${mode}_${id}` };
}

/** Id of a well-formed key; undefined for a typo, found without any look-up. */
export function apiKeyId(key: string): string | undefined {
  const match = API_KEY_PATTERN.exec(key);
  if (match === null) return undefined;
  const body = key.slice(0, -CHECKSUM_CHARACTERS);
  return checksum(body) === match[3] ? match[2]?.slice(0, ID_CHARACTERS) : undefined;
}

export function apiKeyHash(pepper: Uint8Array, key: string): string {
  return createHmac('sha256', pepper).update(key).digest('hex');
}

/** In constant time. */
export function isApiKeyHash(pepper: Uint8Array, key: string, hash: string): boolean {
  const given = Buffer.from(apiKeyHash(pepper, key), 'hex');
  const known = Buffer.from(hash, 'hex');
  return given.length === known.length && timingSafeEqual(given, known);
}
