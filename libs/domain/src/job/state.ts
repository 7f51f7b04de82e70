import type { JobEvent } from './events.js';

export type JobStatus = 'none' | 'queued' | 'leased' | 'succeeded' | 'deadLettered' | 'cancelled';

export interface JobState {
  status: JobStatus;
  /** Fence of the newest lease: whoever comes with a lower one has lost the job. */
  fence: number;
  attempt: number;
  workerId: string | null;
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
      state.status = 'queued';
      state.workerId = null;
      break;
    case 'JobSucceeded':
      state.status = 'succeeded';
      break;
    case 'JobDeadLettered':
      state.status = 'deadLettered';
      break;
    case 'JobCancelled':
      state.status = 'cancelled';
      break;
    default:
      event satisfies never;
  }
  return state;
}
