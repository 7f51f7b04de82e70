/** One limit that a request counts against. */
export interface RateLimit {
  /** What the caller knows it as, such as `key` or `tenant`. */
  readonly name: string;
  /** What is counted: the same wherever the same requests count. */
  readonly counter: string;
  /** Requests in a window, at least 1. */
  readonly limit: number;
  /** While nobody can count over all processes: refuse, or let each process count the whole limit alone. */
  readonly uncounted: 'refuse' | 'countHere';
}

/** Where a limit stands after a request. */
export interface RateStanding {
  readonly name: string;
  readonly limit: number;
  /** Exact for one process; among several, what this one knows of. */
  readonly remaining: number;
  /** Unix time in milliseconds by the clock of whoever counts, the same in every process; 0 while no window is open. */
  readonly endsAtMs: number;
  /** Until then, from now; 0 while no window is open. */
  readonly leftMs: number;
}

export interface RateVerdict {
  readonly allowed: boolean;
  /** One for each limit, in their order. */
  readonly standings: readonly RateStanding[];
}

/**
 * Counts requests in windows that begin with the first request of a counter and last a minute. Over all
 * processes together, no window ever lets more through than its limit.
 */
export interface RateLimits {
  /**
   * Takes one request from each limit, or none from any. Answers at once while it has permits at hand.
   * @throws RateLimitsUnavailable when nobody can count and one of the limits says `refuse`
   */
  take(limits: readonly RateLimit[]): RateVerdict | Promise<RateVerdict>;
  close(): Promise<void>;
}

/** Nobody can tell whether the request is within its limit. */
export class RateLimitsUnavailable extends Error {
  override readonly name = 'RateLimitsUnavailable';
}
