import { accepted, type Decision, rejected } from '../shared/decider.js';
import { domainError } from '../shared/domain-error.js';
import type { BreakerRule } from './breaker-rule.js';
import type { ModelBreakerEvent } from './events.js';
import type { ModelBreakerState } from './state.js';

/** Too many of its attempts have failed. */
export interface OpenBreaker {
  readonly type: 'OpenBreaker';
  readonly model: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly now: string;
  readonly rule: BreakerRule;
}

/** A job of the model was leased to see whether it works again. */
export interface TakeProbe {
  readonly type: 'TakeProbe';
  readonly jobId: string;
  readonly fence: number;
  readonly now: string;
  /** How long nothing need be heard of it. */
  readonly patienceSeconds: number;
}

/** How the probe ended; `failure` is undefined when it worked. */
export interface ReportProbe {
  readonly type: 'ReportProbe';
  readonly jobId: string;
  readonly failure: string | undefined;
  readonly now: string;
  readonly rule: BreakerRule;
}

/** Somebody knows that the model works. */
export interface CloseBreaker {
  readonly type: 'CloseBreaker';
  readonly reason: string;
}

export type ModelBreakerCommand = OpenBreaker | TakeProbe | ReportProbe | CloseBreaker;

type BreakerDecision = Decision<ModelBreakerEvent>;

const later = (now: string, seconds: number) =>
  new Date(Date.parse(now) + seconds * 1_000).toISOString();

function open(
  { openings, model }: ModelBreakerState,
  command: Pick<OpenBreaker, 'now' | 'rule' | 'reason'> & { readonly model?: string },
): BreakerDecision {
  const { openSeconds, longestOpenSeconds } = command.rule;
  const seconds = Math.min(openSeconds * 2 ** openings, longestOpenSeconds);
  const { reason } = command;
  const data = { model: command.model ?? model, reason, probeAt: later(command.now, seconds) };
  return accepted({ type: 'ModelBreakerOpened', data });
}

function takeProbe(state: ModelBreakerState, command: TakeProbe): BreakerDecision {
  const { jobId, fence, now, patienceSeconds } = command;
  const isDue = state.probeAt !== null && Date.parse(state.probeAt) <= Date.parse(now);
  if (state.probe?.jobId === jobId && state.probe.fence === fence) return accepted();
  if (!isDue) {
    const message = `the breaker of model ${state.model} is ${state.status}: no probe is due`;
    return rejected(domainError('conflict', message));
  }
  const until = later(now, patienceSeconds);
  return accepted({ type: 'ModelBreakerProbed', data: { jobId, fence, until } });
}

/**
 * Keeps work from a model that fails, for everybody at once: the failures of a broken model would use up the
 * attempts of every job that waits for it. Whoever decides that it has failed too often says so; how long that
 * holds is decided here.
 */
export function decideModelBreaker(
  command: ModelBreakerCommand,
  state: ModelBreakerState,
): BreakerDecision {
  switch (command.type) {
    case 'OpenBreaker':
      return state.status === 'closed' ? open(state, command) : accepted();
    case 'TakeProbe':
      return takeProbe(state, command);
    case 'ReportProbe': {
      if (state.probe?.jobId !== command.jobId) return accepted();
      if (command.failure !== undefined)
        return open(state, { ...command, reason: command.failure });
      return accepted({ type: 'ModelBreakerClosed', data: { reason: 'the probe worked' } });
    }
    case 'CloseBreaker':
      if (state.status === 'closed') return accepted();
      return accepted({ type: 'ModelBreakerClosed', data: { reason: command.reason } });
  }
}
