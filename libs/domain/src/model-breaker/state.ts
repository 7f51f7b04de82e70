import type { ModelBreakerEvent } from './events.js';

/** `halfOpen`: a probe is under way. */
export type BreakerStatus = 'closed' | 'open' | 'halfOpen';

export interface ModelBreakerState {
  status: BreakerStatus;
  model: string;
  reason: string;
  /** When the next probe may be handed out, ISO 8601; null while closed. */
  probeAt: string | null;
  /** The job handed out to see, while half open. */
  probe: { readonly jobId: string; readonly fence: number } | null;
  /** Openings since it was last closed. */
  openings: number;
}

export function initialModelBreaker(): ModelBreakerState {
  return { status: 'closed', model: '', reason: '', probeAt: null, probe: null, openings: 0 };
}

export function evolveModelBreaker(
  state: ModelBreakerState,
  event: ModelBreakerEvent,
): ModelBreakerState {
  switch (event.type) {
    case 'ModelBreakerOpened':
      state.status = 'open';
      state.model = event.data.model;
      state.reason = event.data.reason;
      state.probeAt = event.data.probeAt;
      state.probe = null;
      state.openings += 1;
      break;
    case 'ModelBreakerProbed':
      state.status = 'halfOpen';
      state.probeAt = event.data.until;
      state.probe = { jobId: event.data.jobId, fence: event.data.fence };
      break;
    case 'ModelBreakerClosed':
      state.status = 'closed';
      state.reason = event.data.reason;
      state.probeAt = null;
      state.probe = null;
      state.openings = 0;
      break;
    default:
      event satisfies never;
  }
  return state;
}
