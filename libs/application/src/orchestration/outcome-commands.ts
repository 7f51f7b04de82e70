import type {
  Allocation,
  AttemptRules,
  GenerationCommand,
  GenerationEvent,
  JobEvent,
  ReleaseHold,
  SettleHold,
  Tokens,
} from '@imprest/domain';
import { deadlineFailure, failureOf } from './failure-meanings.js';

/** What is known beside an end of a job when its generation is told. */
export interface OutcomeFacts {
  /** Lots that are held for it; none once its hold was closed. */
  readonly held: readonly Allocation[];
  /** Whether a GPU was busy with it. */
  readonly rendered: boolean;
}

/** What a generation is told of an event of its job; undefined when it need not know. */
export function generationCommand(
  event: JobEvent,
  { held, rendered }: OutcomeFacts,
  rules: Pick<AttemptRules, 'failures'>,
): GenerationCommand | undefined {
  switch (event.type) {
    case 'JobLeased':
      return { type: 'StartGeneration', attempt: event.data.attempt };
    case 'JobSucceeded': {
      const { stored, lost } = event.data;
      // The record of what was made says which lots pay for it.
      return { type: 'CompleteGeneration', stored, lost, held };
    }
    case 'JobDeadLettered': {
      const { command, percent } = failureOf(event.data, rules, rendered);
      return percent === 0 ? command : { ...command, charge: { percent, held } };
    }
    case 'JobDeadlineMissed':
      return deadlineFailure(event.data);
    case 'JobCancelled':
      return { type: 'CancelGeneration', reason: event.data.reason };
    default:
      return undefined;
  }
}

/** How a generation ended, as far as money is concerned. */
export type GenerationEnd =
  | { readonly kind: 'charged'; readonly charged: Tokens }
  | { readonly kind: 'free'; readonly reason: string };

/** Undefined for what is no end. */
export function generationEnd(event: GenerationEvent): GenerationEnd | undefined {
  switch (event.type) {
    case 'GenerationSucceeded':
      return { kind: 'charged', charged: event.data.charged };
    case 'GenerationFailed': {
      const { charged, code } = event.data;
      if (charged > 0n) return { kind: 'charged', charged };
      return { kind: 'free', reason: `the generation failed: ${code}` };
    }
    case 'GenerationCancelled':
      return { kind: 'free', reason: `the generation was cancelled: ${event.data.reason}` };
    default:
      return undefined;
  }
}

/** What an account is told of the end of a generation. */
export function holdCommand(generationId: string, end: GenerationEnd): SettleHold | ReleaseHold {
  return end.kind === 'charged'
    ? { type: 'SettleHold', generationId, capture: end.charged }
    : { type: 'ReleaseHold', generationId, reason: end.reason };
}
