/** When a breaker opens, and for how long. */
export interface BreakerRules {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** Within which they came. */
  readonly withinMs: number;
  /** Until the first probe; doubled by each probe that fails. */
  readonly restMs: number;
  readonly longestRestMs: number;
}

/** What a breaker remembers. Times are Unix milliseconds. */
export interface BreakerMemory {
  /** In a row, of the current window. */
  readonly failures: number;
  readonly windowSinceMs: number;
  /** Openings in a row: 0 while it is closed. */
  readonly openings: number;
  /** No attempt before; one probe after. */
  readonly openUntilMs: number;
}

/** `half_open`: one attempt finds out whether it works again. */
export type BreakerState = 'closed' | 'open' | 'half_open';

export const closedBreaker: BreakerMemory = {
  failures: 0,
  windowSinceMs: 0,
  openings: 0,
  openUntilMs: 0,
};

export function breakerState(
  { openings, openUntilMs }: BreakerMemory,
  nowMs: number,
): BreakerState {
  if (openings === 0) return 'closed';
  return nowMs < openUntilMs ? 'open' : 'half_open';
}

/**
 * A success closes it: `closedBreaker`. What fails while it is open was begun before, and says nothing new.
 * (M. Nygard, "Release It!", 2018, section 5.2.)
 */
export function afterFailure(
  memory: BreakerMemory,
  nowMs: number,
  { failures: most, withinMs, restMs, longestRestMs }: BreakerRules,
): BreakerMemory {
  const state = breakerState(memory, nowMs);
  if (state === 'open') return memory;
  const isNewWindow = memory.failures === 0 || nowMs - memory.windowSinceMs > withinMs;
  const windowSinceMs = isNewWindow ? nowMs : memory.windowSinceMs;
  const failures = isNewWindow ? 1 : memory.failures + 1;
  if (state === 'closed' && failures < most) {
    return { failures, windowSinceMs, openings: 0, openUntilMs: 0 };
  }
  const rest = Math.min(longestRestMs, restMs * 2 ** Math.min(memory.openings, 30));
  const openings = memory.openings + 1;
  return { failures, windowSinceMs, openings, openUntilMs: nowMs + rest };
}
