export * from './store-history.js';
export * from './token-account-history.js';
