import { createHmac } from 'node:crypto';
import { HmacSha256 } from './hmac-sha256.js';

const KEY_LABEL = Buffer.from('imprest data key v1', 'latin1');
const PROOF_LABEL = 'imprest data key check v1';
const MASTER_KEY_BYTES = 32;
const ID_BYTES = 8;

/** Bytes of a row's salt. */
export const SALT_BYTES = 32;

export interface KeyRow {
  /** Decimal bigint. */
  readonly id: string;
  readonly salt: Uint8Array;
}

/**
 * secret = HMAC-SHA256(master key, "imprest data key v1" | id as u64 big-endian | salt). Neither the row nor
 * the master key opens anything alone, so a deleted row is a destroyed key although the master key lives on.
 */
export class KeyDerivation {
  private readonly hmac: HmacSha256;
  /** Tells whether a database was filled under this master key, and nothing else about it. */
  readonly proof: Buffer;

  /** @throws RangeError when the master key has not 32 bytes. */
  constructor(masterKey: Uint8Array) {
    if (masterKey.length !== MASTER_KEY_BYTES) {
      throw new RangeError(`the master key of data keys has ${MASTER_KEY_BYTES} bytes`);
    }
    this.hmac = new HmacSha256(masterKey, KEY_LABEL.length + ID_BYTES + SALT_BYTES);
    this.proof = createHmac('sha256', masterKey).update(PROOF_LABEL).digest();
  }

  secretOf({ id, salt }: KeyRow): Buffer {
    return this.hmac.digest((into, offset) => {
      into.set(KEY_LABEL, offset);
      into.writeBigUInt64BE(BigInt(id), offset + KEY_LABEL.length);
      into.set(salt, offset + KEY_LABEL.length + ID_BYTES);
    });
  }
}
