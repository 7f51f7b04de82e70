export * from './domain.js';
export * from './in-memory-asset-store.js';
export * from './in-memory-data-keys.js';
export * from './in-memory-event-store.js';
export * from './in-memory-snapshot-store.js';
export * from './in-memory-work-queue.js';
export * from './orchestration/index.js';
export * from './webhooks/verify-xmode.js';
