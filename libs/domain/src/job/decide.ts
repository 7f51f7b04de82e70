import type { StoredImage } from '../generation/events.js';
import { accepted, type Decision, rejected } from '../shared/decider.js';
import { domainError } from '../shared/domain-error.js';
import type { AttemptUsage, FailureClass, JobEvent } from './events.js';
import type { JobState } from './state.js';

export interface QueueJob {
  readonly type: 'QueueJob';
  readonly tenantId: string;
  readonly model: string;
  readonly cost: number;
}

export interface LeaseJob {
  readonly type: 'LeaseJob';
  readonly workerId: string;
  readonly fence: number;
  /** ISO 8601. */
  readonly now: string;
}

export interface ReportProgress {
  readonly type: 'ReportProgress';
  readonly fence: number;
  readonly fraction: number;
}

export interface CompleteJob {
  readonly type: 'CompleteJob';
  readonly fence: number;
  readonly stored: readonly StoredImage[];
  readonly lost: readonly number[];
  readonly usage?: AttemptUsage;
}

export interface FailAttempt {
  readonly type: 'FailAttempt';
  readonly fence: number;
  readonly failureClass: FailureClass;
  readonly message: string;
  /** ISO 8601; null dead-letters the job. */
  readonly retryAt: string | null;
  readonly usage?: AttemptUsage;
}

export interface CancelJob {
  readonly type: 'CancelJob';
  readonly reason: string;
}

export type JobCommand =
  | QueueJob
  | LeaseJob
  | ReportProgress
  | CompleteJob
  | FailAttempt
  | CancelJob;

type JobDecision = Decision<JobEvent>;

function leaseLost(state: JobState, fence: number) {
  return rejected(
    domainError('conflict', `lease ${fence} is lost: the job is ${state.status} at ${state.fence}`),
  );
}

function lease(state: JobState, command: LeaseJob): JobDecision {
  const { workerId, fence } = command;
  if (state.status === 'leased' && state.fence === fence && state.workerId === workerId) {
    return accepted();
  }
  if (state.status !== 'queued' && state.status !== 'leased') return leaseLost(state, fence);
  if (fence <= state.fence) return leaseLost(state, fence);
  const events: JobEvent[] = [];
  if (state.status === 'leased') {
    events.push({
      type: 'JobAttemptFailed',
      data: {
        fence: state.fence,
        attempt: state.attempt,
        failureClass: 'infrastructure',
        message: `worker ${state.workerId} let its lease run out`,
        retryAt: command.now,
        usage: null,
      },
    });
  }
  events.push({ type: 'JobLeased', data: { workerId, fence, attempt: state.attempt + 1 } });
  return accepted(...events);
}

function failAttempt(state: JobState, command: FailAttempt): JobDecision {
  const { fence, failureClass, message, retryAt, usage = null } = command;
  const failed: JobEvent = {
    type: 'JobAttemptFailed',
    data: { fence, attempt: state.attempt, failureClass, message, retryAt, usage },
  };
  if (retryAt !== null) return accepted(failed);
  return accepted<JobEvent>(failed, {
    type: 'JobDeadLettered',
    data: { attempts: state.attempt, failureClass, message },
  });
}

function reportProgress(state: JobState, command: ReportProgress): JobDecision {
  const fraction = Math.min(command.fraction, 1);
  const advances = fraction > state.fraction;
  if (!advances) return accepted();
  return accepted({ type: 'JobProgressed', data: { fence: command.fence, fraction } });
}

/** Whether the newest lease has ended by this very command before. */
function hasEndedSo(state: JobState, command: ReportProgress | CompleteJob | FailAttempt): boolean {
  switch (command.type) {
    case 'ReportProgress':
      return false;
    case 'CompleteJob':
      return state.status === 'succeeded';
    case 'FailAttempt':
      return state.status === 'deadLettered' || (state.status === 'queued' && state.attempt > 0);
  }
}

/**
 * The lease and settlement protocol of the work. A fence lower than the newest lease's is refused:
 * a late result of a lost lease never counts, so it is never charged.
 */
export function decideJob(command: JobCommand, state: JobState): JobDecision {
  if (command.type === 'QueueJob') {
    if (state.status !== 'none') return accepted();
    const { tenantId, model, cost } = command;
    return accepted({ type: 'JobQueued', data: { tenantId, model, cost } });
  }
  if (command.type === 'CancelJob') {
    if (state.status !== 'queued' && state.status !== 'leased') return accepted();
    return accepted({ type: 'JobCancelled', data: { reason: command.reason } });
  }
  if (state.status === 'none') return rejected(domainError('not_found', 'no such job'));
  if (command.type === 'LeaseJob') return lease(state, command);
  if (command.fence !== state.fence) return leaseLost(state, command.fence);
  if (hasEndedSo(state, command)) return accepted();
  if (state.status !== 'leased') return leaseLost(state, command.fence);
  switch (command.type) {
    case 'ReportProgress':
      return reportProgress(state, command);
    case 'CompleteJob': {
      const { fence, stored, lost, usage = null } = command;
      return accepted({ type: 'JobSucceeded', data: { fence, stored, lost, usage } });
    }
    case 'FailAttempt':
      return failAttempt(state, command);
  }
}
