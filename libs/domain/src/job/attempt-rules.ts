import type { DeadlineDefaults } from '../generation/deadlines.js';
import type { BreakerRule } from '../model-breaker/breaker-rule.js';
import type { FailureClass } from './events.js';

export interface RetryRule {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  /** Wait before the second attempt, in milliseconds; doubles with each further one. */
  readonly firstDelayMs: number;
  /** Before jitter, which spreads every wait by a quarter either way. */
  readonly longestDelayMs: number;
}

/** What work costs its caller that has failed for good. */
export interface ChargeRule {
  /** Of the quoted total, 0 to 100. */
  readonly percent: number;
  /** Charged only when a GPU was busy with it: what is refused before costs nothing. */
  readonly onlyRendered: boolean;
}

export interface FailureRule {
  readonly retry: RetryRule;
  readonly charge: ChargeRule;
}

/** Nobody pays for what goes wrong on our side, whatever an operator would like. */
export const chargeableClasses = [
  'user',
  'moderation',
  'model',
] as const satisfies readonly FailureClass[];

/** How attempts fail, end and are tried again: data of the operator. */
export interface AttemptRules {
  readonly version: string;
  readonly failures: Readonly<Record<FailureClass, FailureRule>>;
  /**
   * Whether the last attempt at a call that no provider can tell the outcome of renders once more. It may cost
   * the operator a second rendering, never the caller a second charge.
   */
  readonly rendersUnanswered: boolean;
  readonly deadlines: DeadlineDefaults;
  readonly breaker: BreakerRule;
}

/** Milliseconds until the next attempt, undefined when there is none. `attempt` is the one that failed, from 1; `jitter` is 0 to 1. */
export function retryDelayMs(
  { attempts, firstDelayMs, longestDelayMs }: RetryRule,
  attempt: number,
  jitter: number,
): number | undefined {
  if (attempt >= attempts) return undefined;
  const delay = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
  return Math.round(delay * (0.75 + jitter / 2));
}

/** Percent of the quoted total that a failure costs, 0 to 100. */
export function chargedPercent({ percent, onlyRendered }: ChargeRule, rendered: boolean): number {
  return onlyRendered && !rendered ? 0 : percent;
}
