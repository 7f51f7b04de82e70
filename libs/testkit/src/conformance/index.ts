export * from './asset-store.js';
export * from './checkpoint-store.js';
export * from './data-keys.js';
export * from './event-store.js';
export * from './generation-provider.js';
export * from './moderator.js';
export * from './snapshot-store.js';
export * from './work-queue.js';
