export * from './judge-prompt.js';
export * from './never-allowed.js';
