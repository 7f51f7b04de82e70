export * from './asset-store.js';
export * from './clock.js';
export * from './data-keys.js';
export * from './event-store.js';
export * from './generation-provider.js';
export * from './moderator.js';
export * from './work-queue.js';
