import { hash } from 'node:crypto';

/** 32 bytes of SHA-256. */
export type Hash = Buffer;

export const HASH_BYTES = 32;

/** A digest comes as a string of 32 characters in half the time that node takes to make a buffer of it. */
export function sha256(bytes: Uint8Array): Hash {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'binary');
}

/** The same, written where there is room for it. */
export function sha256Into(bytes: Uint8Array, target: Buffer, at: number): void {
  target.write(hash('sha256', bytes, 'binary'), at, HASH_BYTES, 'binary');
}

const HEX = /^[0-9a-f]{64}$/;

export class MalformedHash extends Error {
  override readonly name = 'MalformedHash';
  constructor(what: string) {
    super(`${what} is not a hash of 64 lower-case hexadecimal digits`);
  }
}

/** @throws MalformedHash: another spelling of the same hash is refused too. */
export function hashFromHex(hex: unknown, what: string): Hash {
  if (typeof hex !== 'string' || !HEX.test(hex)) throw new MalformedHash(what);
  return Buffer.from(hex, 'hex');
}

export function isHashHex(hex: unknown): hex is string {
  return typeof hex === 'string' && HEX.test(hex);
}
