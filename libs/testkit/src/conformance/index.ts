export * from './asset-store.js';
export * from './data-keys.js';
export * from './moderator.js';
