export * from './domain.js';
export * from './in-memory-asset-store.js';
export * from './in-memory-data-keys.js';
export * from './webhooks/verify-xmode.js';
