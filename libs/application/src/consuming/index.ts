export * from './consumer.js';
export * from './subscription-runner.js';
