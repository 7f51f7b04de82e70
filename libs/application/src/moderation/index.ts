export * from './judge-prompt.js';
