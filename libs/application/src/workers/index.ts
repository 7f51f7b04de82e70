export { WorkerControl, type WorkerDecision } from './worker-control.js';
export { type PresentWorker, WorkerPresence } from './worker-presence.js';
