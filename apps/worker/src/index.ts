export { providersOf } from './providers.js';
export { type RunningWorker, startWorker, type WorkerOptions } from './worker.js';
