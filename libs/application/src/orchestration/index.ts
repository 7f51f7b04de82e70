export type {
  AttemptAnswer,
  RenderedResult,
  WorkerFailure,
  WorkerFailureClass,
} from './attempt-outcomes.js';
export { failureMeanings } from './failure-meanings.js';
export { GenerationOutcome } from './generation-outcome.js';
export { GenerationRequests } from './generation-requests.js';
export { JobCanceller } from './job-canceller.js';
export { JobEnqueuer } from './job-enqueuer.js';
export { JobLeases } from './job-leases.js';
export type { PreviewAnswer, WorkerPreview } from './job-previews.js';
export { JobReconciler } from './job-reconciler.js';
export type { LeaseStanding } from './job-standing.js';
export type { WorkerAbilities } from './lanes-served.js';
export { LeaseSweeper } from './lease-sweeper.js';
export { Orchestration, type OrchestrationOptions } from './orchestration.js';
export type {
  AttemptOutcome,
  EndedAttempt,
  OrchestrationObserver,
} from './orchestration-observer.js';
export { type Listening, ReadySignal } from './ready-signal.js';
export { Settlement } from './settlement.js';
export type { WorkRequest } from './work-dispatch.js';
export type { UnresolvedCall, WorkOrder } from './work-order.js';
export { holderOf } from './worker-session.js';
