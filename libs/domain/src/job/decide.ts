import { accepted, type Decision, rejected } from '../shared/decider.js';
import { domainError } from '../shared/domain-error.js';
import type {
  CompleteJob,
  FailAttempt,
  JobCommand,
  LeaseJob,
  MissDeadline,
  RedriveJob,
  ReportProgress,
  WithholdOutput,
} from './commands.js';
import type { JobEvent } from './events.js';
import { isOpenJob, type JobState } from './state.js';

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
  if (!isOpenJob(state)) return leaseLost(state, fence);
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
        unresolvedAttempt: state.unresolvedAttempt,
      },
    });
  }
  events.push({ type: 'JobLeased', data: { workerId, fence, attempt: state.attempt + 1 } });
  return accepted(...events);
}

/**
 * A worker that fails for reasons of the machinery may not have come to ask what became of an earlier call;
 * every other failure has its answer.
 */
function unresolvedAfter(state: JobState, command: FailAttempt): number | null {
  if (command.failureClass === 'infrastructure') return state.unresolvedAttempt;
  if (command.failureClass !== 'unknown') return null;
  return Math.min(command.unresolvedAttempt ?? state.attempt, state.attempt);
}

function missDeadline(state: JobState, { deadline, at }: MissDeadline): JobDecision {
  const hasBegun = state.attempt > 0;
  if (!isOpenJob(state) || (deadline === 'startBy' && hasBegun)) return accepted();
  return accepted({ type: 'JobDeadlineMissed', data: { deadline, at } });
}

function redrive(state: JobState, { generationId, reason }: RedriveJob): JobDecision {
  if (state.redrivenAs !== null) return accepted();
  if (state.status !== 'deadLettered') {
    return rejected(domainError('conflict', `the job is ${state.status}, not dead-lettered`));
  }
  return accepted({ type: 'JobRedriven', data: { generationId, reason } });
}

function failAttempt(state: JobState, command: FailAttempt): JobDecision {
  const { fence, failureClass, message, retryAt, usage = null } = command;
  const failed: JobEvent = {
    type: 'JobAttemptFailed',
    data: {
      ...{ fence, attempt: state.attempt, failureClass, message, retryAt, usage },
      unresolvedAttempt: unresolvedAfter(state, command),
    },
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
function hasEndedSo(
  state: JobState,
  command: ReportProgress | WithholdOutput | CompleteJob | FailAttempt,
): boolean {
  switch (command.type) {
    case 'ReportProgress':
    case 'WithholdOutput':
      return false;
    case 'CompleteJob':
      return state.status === 'succeeded';
    case 'FailAttempt':
      return (
        state.status === 'deadLettered' ||
        (isOpenJob(state) && state.workerId === null && state.attempt > 0)
      );
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
    if (!isOpenJob(state)) return accepted();
    return accepted({ type: 'JobCancelled', data: { reason: command.reason } });
  }
  if (command.type === 'MissDeadline') return missDeadline(state, command);
  if (command.type === 'RedriveJob') return redrive(state, command);
  if (state.status === 'none') return rejected(domainError('not_found', 'no such job'));
  if (command.type === 'LeaseJob') return lease(state, command);
  if (command.fence !== state.fence) return leaseLost(state, command.fence);
  if (hasEndedSo(state, command)) return accepted();
  if (state.status !== 'leased') return leaseLost(state, command.fence);
  switch (command.type) {
    case 'ReportProgress':
      return reportProgress(state, command);
    case 'WithholdOutput': {
      const { fence, index, sha256, verdict, kept } = command;
      return accepted({ type: 'JobOutputWithheld', data: { fence, index, sha256, verdict, kept } });
    }
    case 'CompleteJob': {
      const { fence, stored, lost, usage = null } = command;
      return accepted({ type: 'JobSucceeded', data: { fence, stored, lost, usage } });
    }
    case 'FailAttempt':
      return failAttempt(state, command);
  }
}
