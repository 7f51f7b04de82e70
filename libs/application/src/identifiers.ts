import { createHash, randomFillSync } from 'node:crypto';

const POOL_BYTES = 8_192;
const pool = Buffer.allocUnsafe(POOL_BYTES);
let used = POOL_BYTES;

/** Random bytes, drawn in large portions because a system call for each id is measurable. */
function randomBytes(count: number): Buffer {
  if (used + count > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

const scratch = Buffer.alloc(16);

function hexUuid(): string {
  const hex = scratch.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function fillUuidV7(unixMs: number): void {
  randomBytes(10).copy(scratch, 6);
  scratch.writeUIntBE(unixMs, 0, 6);
  scratch[6] = 0x70 | (scratch[6]! & 0x0f);
  scratch[8] = 0x80 | (scratch[8]! & 0x3f);
}

/** UUIDv7 (RFC 9562): sorts by time, so an index on it grows at one end. */
export function uuidV7(unixMs: number): string {
  fillUuidV7(unixMs);
  return hexUuid();
}

const BASE32 = Buffer.from('0123456789abcdefghjkmnpqrstvwxyz', 'latin1');
const digits = Buffer.alloc(26);

/** 16 bytes as 26 characters of Crockford's base 32, sort order kept. */
function base32(bytes: Uint8Array): string {
  let length = 0;
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      digits[length++] = BASE32[(value >>> bits) & 31]!;
    }
    value &= (1 << bits) - 1;
  }
  if (bits > 0) digits[length++] = BASE32[(value << (5 - bits)) & 31]!;
  return digits.toString('latin1', 0, length);
}

/** `prefix_` and a UUIDv7 in base 32. */
export function newId(prefix: string, unixMs: number): string {
  fillUuidV7(unixMs);
  return `${prefix}_${base32(scratch)}`;
}

const ID_OF_16_BYTES = /^[a-z]+_[0-9a-hjkmnp-tv-z]{25}[048cgmrw]$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The bytes of an id of ours in the spelling of a UUID, for interfaces that speak of ids in that way. */
export function uuidOfId(id: string): string {
  if (!ID_OF_16_BYTES.test(id)) throw new RangeError(`${id} is not an id of 16 bytes`);
  let value = 0n;
  for (const digit of id.slice(-26)) value = (value << 5n) | BigInt(BASE32.indexOf(digit));
  const hex = (value >> 2n).toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The id that `uuidOfId` made this UUID of; undefined for what is no UUID. */
export function idOfUuid(prefix: string, uuid: string): string | undefined {
  if (!UUID.test(uuid)) return undefined;
  return `${prefix}_${base32(Buffer.from(uuid.replaceAll('-', ''), 'hex'))}`;
}

/**
 * The same id for the same parts, for ever. Parts are length-prefixed, so no two lists of parts
 * run together.
 */
export function derivedId(prefix: string, ...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return `${prefix}_${base32(hash.digest().subarray(0, 16))}`;
}

/** Of what a request makes: the same for every repeat of it, a new one where it carries no key to repeat by. */
export function idOfRequest(
  prefix: string,
  unixMs: number,
  tenantId: string,
  idempotencyKey: string | null,
): string {
  if (idempotencyKey === null) return newId(prefix, unixMs);
  return derivedId(prefix, tenantId, idempotencyKey);
}

/** A seed for a request that names none. */
export function randomUint32(): number {
  return randomBytes(4).readUInt32BE();
}
