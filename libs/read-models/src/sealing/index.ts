export { JournalBehind, LedgerNotIntact } from './draft-seal.js';
export * from './ledger-bundle.js';
export * from './ledger-sealing.js';
export * from './seal-ledger.js';
export { sealsProjector } from './seals-projector.js';
export { namePrefixesOfSnapshots } from './snapshot-prefixes.js';
export * from './verify-ledger.js';
