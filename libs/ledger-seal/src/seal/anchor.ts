import type { LedgerSealed } from '@imprest/domain';
import { sha256 } from '../canonical/hashes.js';
import { isSignedBy, sealPublicKey } from './seal-key.js';
import { sealBytes } from './signed-bytes.js';

export const ANCHOR_FORMAT = 'imprest-ledger-anchor';

/**
 * One seal to keep where whoever runs the ledger cannot reach it. A ledger whose seals were made anew, all
 * signatures right, does not match an anchor of before.
 */
export interface Anchor {
  readonly format: typeof ANCHOR_FORMAT;
  readonly version: 1;
  /** Base64 of the 32 bytes of the key that signed the seal. */
  readonly publicKey: string;
  readonly seal: LedgerSealed['data'];
}

export function anchorOf(seal: LedgerSealed['data'], publicKey: string): Anchor {
  return { format: ANCHOR_FORMAT, version: 1, publicKey, seal };
}

export class InvalidAnchor extends Error {
  override readonly name = 'InvalidAnchor';
}

/** @throws InvalidAnchor unless it is one, signed by the key it names */
export function readAnchor(text: string): Anchor {
  let anchor: Anchor;
  try {
    anchor = JSON.parse(text) as Anchor;
  } catch {
    throw new InvalidAnchor('an anchor is a JSON document');
  }
  if (anchor?.format !== ANCHOR_FORMAT || anchor.version !== 1) {
    throw new InvalidAnchor(`an anchor has format ${ANCHOR_FORMAT}, version 1`);
  }
  const bytes = sealBytes(anchor.seal);
  if (
    sha256(bytes).toString('hex') !== anchor.seal.digest ||
    !isSignedBy(bytes, anchor.seal.signature, sealPublicKey(anchor.publicKey))
  ) {
    throw new InvalidAnchor(`seal ${anchor.seal.number} of the anchor is not signed by its key`);
  }
  return anchor;
}

/** How a line of seals departs from an anchor; undefined when it does not. */
export function departsFrom(
  { seal }: Anchor,
  seals: readonly LedgerSealed['data'][],
): string | undefined {
  const found = seals.find(({ number }) => number === seal.number);
  if (found === undefined) return `seal ${seal.number} of the anchor is missing`;
  return found.digest === seal.digest
    ? undefined
    : `seal ${seal.number} has digest ${found.digest}, the anchor ${seal.digest}`;
}
