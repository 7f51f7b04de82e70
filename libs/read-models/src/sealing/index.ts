export { JournalBehind, LedgerNotIntact } from './draft-seal.js';
export * from './seal-ledger.js';
export { sealsProjector } from './seals-projector.js';
export * from './verify-ledger.js';
