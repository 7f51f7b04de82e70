export {
  BUNDLE_FORMAT,
  type BundleLine,
  bundleLine,
  readBundleLine,
} from './bundle/bundle-lines.js';
export { MalformedDocument } from './bundle/json-fields.js';
export * from './bundle/verify-bundle.js';
export { type EntryContent, entryBytes, entryOfBytes } from './canonical/entry-bytes.js';
export { eventBytes } from './canonical/event-bytes.js';
export { HASH_BYTES, type Hash, hashFromHex, MalformedHash } from './canonical/hashes.js';
export {
  accountLeaf,
  CHAIN_START,
  entryLeaf,
  eventLeaf,
  RECORD_FORMAT,
} from './canonical/record-leaf.js';
export { merkleRoot } from './merkle/growing-tree.js';
export { auditPath, rootOfPath } from './merkle/inclusion.js';
export type {
  ChargeProof,
  Inclusion,
  ProofChainHead,
  ProofKey,
  ProofRecord,
} from './proof/charge-proof.js';
export { PROOF_FORMAT } from './proof/charge-proof.js';
export { chargeProofToJson, leafOfRecord } from './proof/charge-proof-json.js';
export * from './proof/charge-story.js';
export * from './proof/told-charge.js';
export * from './proof/verify-charge-proof.js';
export { chargeProofSchema } from './schemas/charge-proof-schema.js';
export { ledgerBundleLineSchema } from './schemas/ledger-bundle-schema.js';
export * from './seal/anchor.js';
export * from './seal/seal-key.js';
export { SealLine, type SealProblem } from './seal/seal-line.js';
export { SEAL_FORMAT } from './seal/signed-bytes.js';
export { introduceKey, signSeal } from './seal/signing.js';
export type { AccountChain, ChainHead } from './verify/account-chains.js';
export { entryDifference } from './verify/entry-difference.js';
export { type Finding, Findings } from './verify/findings.js';
export { LEAVES_PER_CHUNK, type LeafChunk } from './verify/leaf-chunks.js';
export {
  type BookedEntry,
  type LogObserver,
  LogVerifier,
  type LogVerifierOptions,
} from './verify/log-verifier.js';
export { sealsOf } from './verify/seals-of.js';
export { DecodedEntry, isEntryOf, type StoredEntry } from './verify/stored-entry.js';
