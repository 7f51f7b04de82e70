export * from './cancel-generation.js';
export * from './confidential-input.js';
export * from './erase-generation.js';
export * from './generation-view.js';
export * from './load-generation.js';
export * from './own-generation.js';
export * from './prepare-request.js';
export * from './submit-generation.js';
