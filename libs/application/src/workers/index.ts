export { type ModelScaling, type Scaling, ScalingSignals } from './scaling/scaling-signals.js';
export { WorkerControl, type WorkerDecision } from './worker-control.js';
export { WorkerFleet, type WorkerFleetServices } from './worker-fleet.js';
export { type PresentWorker, WorkerPresence } from './worker-presence.js';
