export * from './decider.js';
export * from './domain-error.js';
export * from './timestamp.js';
export * from './tokens.js';
