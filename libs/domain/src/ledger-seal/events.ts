import type { DomainFact } from '../shared/decider.js';

/** From here on seals are signed with another key. */
export type SealKeyIntroduced = DomainFact<
  'SealKeyIntroduced',
  {
    /** First 32 hexadecimal digits of the SHA-256 of the public key. */
    readonly keyId: string;
    /** Ed25519, its 32 bytes in base64. */
    readonly publicKey: string;
    /** The key it takes over from; null for the first one. */
    readonly previousKeyId: string | null;
    /** Signature of the previous key over the new one, in base64; null for the first key and after a loss. */
    readonly endorsement: string | null;
    /** ISO 8601. */
    readonly introducedAt: string;
    readonly reason: string;
  }
>;

/** What a seal says of all events between two positions of the store. Hashes are hexadecimal. */
export interface Seal {
  /** Version of what is signed. */
  readonly format: number;
  /** From 1, without a gap. */
  readonly number: number;
  /** Position of the last event the seal before it covers, 0 for the first; decimal. */
  readonly after: string;
  /** Position of the last event covered; decimal. */
  readonly upTo: string;
  /** Events covered. */
  readonly events: number;
  /** Merkle root over the leaves of all events covered, in store order. */
  readonly root: string;
  /** Token accounts known at `upTo`. */
  readonly accounts: number;
  /** Merkle root over the heads of the chains of all accounts, in the order they were opened. */
  readonly accountsRoot: string;
  /** Digest of the seal before it, null for the first. */
  readonly previous: string | null;
  /** ISO 8601: nothing that the store knew before this is left out. */
  readonly knownBefore: string;
  /** ISO 8601. */
  readonly sealedAt: string;
  readonly keyId: string;
}

export type LedgerSealed = DomainFact<
  'LedgerSealed',
  Seal & {
    /** SHA-256 of what is signed. */
    readonly digest: string;
    /** Ed25519, in base64. */
    readonly signature: string;
  }
>;

export type LedgerSealEvent = SealKeyIntroduced | LedgerSealed;
