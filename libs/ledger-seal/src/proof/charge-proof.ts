import type { JournalEntry, LedgerSealed } from '@imprest/domain';
import type { StoredEvent } from '@imprest/event-catalogue';
import type { Hash } from '../canonical/hashes.js';

export const PROOF_FORMAT = 'imprest-charge-proof';

/** Where a leaf is under a seal, and the siblings that lead from it to the seal's root. */
export interface Inclusion {
  /** Number of the seal. */
  readonly seal: number;
  readonly index: number;
  readonly path: readonly Hash[];
}

/** A fact of the charge. Those of the account come with their journal entry and what that entry follows. */
export interface ProofRecord {
  readonly event: StoredEvent;
  readonly entry: JournalEntry | null;
  /** Leaf of the account's entry before; null without an entry. */
  readonly previous: Hash | null;
  /** Null: under no seal yet. */
  readonly inclusion: Inclusion | null;
}

/** A key that signs seals, with what the key before it says of it: nothing of the first key, and after a loss. */
export interface ProofKey {
  readonly keyId: string;
  readonly publicKey: string;
  readonly endorsement: {
    readonly previousKeyId: string;
    readonly introducedAt: string;
    readonly signature: string;
  } | null;
}

/** Where the chain of the account stands: what the entries under no seal yet are part of. */
export interface ProofChainHead {
  readonly tenantId: string;
  readonly revision: number;
  readonly leaf: Hash;
}

/**
 * Everything there is to one generation's charge: who asked for it at which price, what was held of which
 * lots, who worked on it, how it ended, what was kept and what went back, who was told.
 */
export interface ChargeProof {
  readonly generationId: string;
  /** In store order. */
  readonly records: readonly ProofRecord[];
  readonly chainHead: ProofChainHead | null;
  /** In the order they were introduced. */
  readonly keys: readonly ProofKey[];
  /** Seals that records are under, in order. */
  readonly seals: readonly LedgerSealed['data'][];
}
