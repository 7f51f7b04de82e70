import type { LedgerSealed, Seal, SealKeyIntroduced } from '@imprest/domain';
import { sha256 } from '../canonical/hashes.js';
import { type SealKey, signBytes } from './seal-key.js';
import { keyStatementBytes, sealBytes } from './signed-bytes.js';

/** @param seal without a key id: it is the signing key's. */
export function signSeal(seal: Omit<Seal, 'keyId'>, key: SealKey): LedgerSealed['data'] {
  const stated: Seal = { ...seal, keyId: key.keyId };
  const bytes = sealBytes(stated);
  return { ...stated, digest: sha256(bytes).toString('hex'), signature: signBytes(bytes, key) };
}

interface Introduction {
  readonly key: SealKey;
  /** The key in use until now: null for the first key, its id alone when it was lost. */
  readonly previous: SealKey | { readonly keyId: string } | null;
  readonly introducedAt: string;
  readonly reason: string;
}

/** Introduces a key, endorsed by the one in use where that one is at hand. */
export function introduceKey(introduction: Introduction): SealKeyIntroduced['data'] {
  const { key, previous, introducedAt, reason } = introduction;
  const { keyId, publicKey } = key;
  const statement = { keyId, publicKey, previousKeyId: previous?.keyId ?? null, introducedAt };
  const endorsement =
    previous !== null && 'privateKey' in previous
      ? signBytes(keyStatementBytes(statement), previous)
      : null;
  return { ...statement, endorsement, reason };
}
