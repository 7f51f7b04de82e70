export * from './in-memory-asset-store.js';
export * from './in-memory-data-keys.js';
