export * from './compare-stores.js';
export * from './copy-progress.js';
export * from './copy-store.js';
export * from './copy-target.js';
