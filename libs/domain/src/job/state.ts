import type { JobEvent } from './events.js';

/** `unknown`: between attempts, with a provider call that nobody knows the outcome of. */
export type JobStatus =
  | 'none'
  | 'queued'
  | 'unknown'
  | 'leased'
  | 'succeeded'
  | 'deadLettered'
  | 'deadlineMissed'
  | 'cancelled';

export interface JobState {
  status: JobStatus;
  /** Fence of the newest lease: whoever comes with a lower one has lost the job. */
  fence: number;
  attempt: number;
  workerId: string | null;
  /** Whose provider call is to be asked for before anything is rendered again. */
  unresolvedAttempt: number | null;
  /** Whether a GPU was busy with it, as far as anybody has said. */
  rendered: boolean;
  /** The request that it is done for once more, after it was dead-lettered. */
  redrivenAs: string | null;
  fraction: number;
  tenantId: string;
  model: string;
  cost: number;
}

export function initialJob(): JobState {
  return {
    status: 'none',
    fence: 0,
    attempt: 0,
    workerId: null,
    unresolvedAttempt: null,
    rendered: false,
    redrivenAs: null,
    fraction: 0,
    tenantId: '',
    model: '',
    cost: 1,
  };
}

export function evolveJob(state: JobState, event: JobEvent): JobState {
  switch (event.type) {
    case 'JobQueued':
      state.status = 'queued';
      state.tenantId = event.data.tenantId;
      state.model = event.data.model;
      state.cost = event.data.cost;
      break;
    case 'JobLeased':
      state.status = 'leased';
      state.fence = event.data.fence;
      state.attempt = event.data.attempt;
      state.workerId = event.data.workerId;
      state.fraction = 0;
      break;
    case 'JobProgressed':
      state.fraction = event.data.fraction;
      break;
    case 'JobAttemptFailed':
      state.unresolvedAttempt = event.data.unresolvedAttempt;
      state.status = state.unresolvedAttempt === null ? 'queued' : 'unknown';
      state.workerId = null;
      state.rendered ||= (event.data.usage?.gpuMs ?? 0) > 0;
      break;
    case 'JobSucceeded':
      state.status = 'succeeded';
      break;
    case 'JobDeadLettered':
      state.status = 'deadLettered';
      break;
    case 'JobRedriven':
      state.redrivenAs = event.data.generationId;
      break;
    case 'JobDeadlineMissed':
      state.status = 'deadlineMissed';
      break;
    case 'JobCancelled':
      state.status = 'cancelled';
      break;
    case 'JobOutputWithheld':
      state.rendered = true;
      break;
    default:
      event satisfies never;
  }
  return state;
}

/** Whether work is still to be done or under way. */
export function isOpenJob({ status }: Pick<JobState, 'status'>): boolean {
  return status === 'queued' || status === 'unknown' || status === 'leased';
}
