export * from './envelope.js';
export * from './stream-name.js';
