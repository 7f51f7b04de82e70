export * from './replay-differences.js';
export * from './replay-ledger.js';
export { ReplayedBooks } from './replayed-books.js';
