/** A top-up that something may still happen to without anybody telling. */
export interface WatchedTopUp {
  readonly id: string;
  readonly provider: string;
  /** Null when no checkout is known. */
  readonly checkoutId: string | null;
}

/** Lists of top-ups. It follows the event store and may lag behind it by moments. */
export interface TopUpIndex {
  /** Waiting for money, those looked at longest ago first. */
  waiting(limit: number): Promise<readonly WatchedTopUp[]>;
  /** With an open dispute. */
  disputed(limit: number): Promise<readonly WatchedTopUp[]>;
  /** How many of a tenant's top-ups wait for money. */
  countWaiting(tenantId: string): Promise<number>;
}
