import type { FailureClass } from '../job/events.js';

/** When a model is taken for broken, and when it is tried again. */
export interface BreakerRule {
  /** Failures that tell of the model or its provider, not of the request. */
  readonly counted: readonly FailureClass[];
  /** This many in a row open it. */
  readonly consecutive: number;
  /** Or this share of the attempts within the window, 0 to 1. */
  readonly ratio: number;
  /** Attempts within the window before the share means anything. */
  readonly leastAttempts: number;
  readonly windowSeconds: number;
  /** Until the first probe; doubles with each probe that fails. */
  readonly openSeconds: number;
  readonly longestOpenSeconds: number;
}
