export { providersOf } from './providers.js';
export { drainMsWithin, type RunningWorker, startWorker, type WorkerOptions } from './worker.js';
