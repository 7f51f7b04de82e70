/** A top-up that something may still happen to without anybody telling. */
export interface WatchedTopUp {
  readonly id: string;
  readonly provider: string;
  /** Null when no checkout is known. */
  readonly checkoutId: string | null;
}

/** Lists of top-ups. It follows the event store and may lag behind it by moments. */
export interface TopUpIndex {
  /** Waiting for money, the oldest first; of those paid by hand only the ones whose time is over. */
  waiting(now: Date): AsyncIterable<WatchedTopUp>;
  /** With an open dispute, the oldest first. */
  disputed(): AsyncIterable<WatchedTopUp>;
  /** How many of a tenant's top-ups wait for money. */
  countWaiting(tenantId: string): Promise<number>;
}
