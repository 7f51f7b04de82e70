export * from './consumer.js';
export * from './pace.js';
export * from './stream-changes.js';
export * from './subscription-runner.js';
