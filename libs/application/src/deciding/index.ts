export * from './decider-runner.js';
export type { RunResult } from './stream-actor.js';
export * from './stream-type.js';
export * from './stream-types.js';
