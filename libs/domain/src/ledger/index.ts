export * from './chart-of-accounts.js';
export * from './journal-entry.js';
export * from './lot-movements.js';
