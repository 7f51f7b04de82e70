import type { FailureClass } from './events.js';

export interface RetryRule {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  /** Wait before the second attempt, in milliseconds; doubles with each further one. */
  readonly firstDelayMs: number;
  /** Before jitter, which spreads every wait by a quarter either way. */
  readonly longestDelayMs: number;
}

/** As data, because who is at fault differs from provider to provider. */
export type RetryPolicy = Readonly<Record<FailureClass, RetryRule>>;

const never: RetryRule = { attempts: 1, firstDelayMs: 0, longestDelayMs: 0 };

export const defaultRetryPolicy: RetryPolicy = {
  user: never,
  moderation: never,
  cancelled: never,
  model: { attempts: 2, firstDelayMs: 1_000, longestDelayMs: 30_000 },
  timeout: { attempts: 2, firstDelayMs: 1_000, longestDelayMs: 30_000 },
  unknown: { attempts: 3, firstDelayMs: 2_000, longestDelayMs: 60_000 },
  infrastructure: { attempts: 5, firstDelayMs: 500, longestDelayMs: 60_000 },
};

/** Milliseconds until the next attempt, undefined when there is none. `attempt` is the one that failed, from 1; `jitter` is 0 to 1. */
export function retryDelayMs(
  policy: RetryPolicy,
  failureClass: FailureClass,
  attempt: number,
  jitter: number,
): number | undefined {
  const rule = policy[failureClass];
  if (attempt >= rule.attempts) return undefined;
  const delay = Math.min(rule.firstDelayMs * 2 ** (attempt - 1), rule.longestDelayMs);
  return Math.round(delay * (0.75 + jitter / 2));
}
