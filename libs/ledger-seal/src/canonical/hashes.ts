import { hash } from 'node:crypto';

/** 32 bytes of SHA-256. */
export type Hash = Buffer;

export function sha256(bytes: Uint8Array): Hash {
  return hash('sha256', bytes, 'buffer');
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
