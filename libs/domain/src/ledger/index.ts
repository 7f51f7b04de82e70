export * from './account-book.js';
export * from './chart-of-accounts.js';
export * from './journal-entry.js';
export * from './lot-movements.js';
export * from './lot-value.js';
export * from './posting.js';
export * from './postings-of.js';
export * from './revenue.js';
