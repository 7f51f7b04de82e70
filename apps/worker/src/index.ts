export { providersOf } from './providers.js';
export { workerVersion } from './version.js';
export { drainMsWithin, type RunningWorker, startWorker, type WorkerOptions } from './worker.js';
