export * from './token-account-history.js';
