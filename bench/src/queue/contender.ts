export interface Job {
  readonly id: string;
  readonly tenantId: string;
  readonly lane: string;
  readonly cost: number;
}

/** A job queue in a database of the benchmark. */
export interface Contender {
  readonly name: string;
  /** Queues jobs, BATCH in one call. */
  enqueue(jobs: readonly Job[]): Promise<void>;
  /** Takes and completes all jobs as fast as this queue can; answers how many there were. */
  drain(): Promise<number>;
  /** The same, one job in a call, WORKERS at a time. */
  drainOneByOne(): Promise<number>;
  close(): Promise<void>;
}

export const BATCH = 256;
export const WORKERS = 16;
/** Callers that work with BATCH jobs each; more make no queue faster. */
export const CALLERS = 4;

/** Queues all jobs in batches, from several callers. */
export async function queueInBatches<T>(
  all: readonly T[],
  enqueue: (batch: readonly T[]) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      while (next < all.length) {
        const batch = all.slice(next, next + BATCH);
        next += BATCH;
        await enqueue(batch);
      }
    }),
  );
}

/** Calls `fetchAndComplete` from several callers until it finds nothing; answers the sum. */
export async function drainBy(
  callers: number,
  fetchAndComplete: () => Promise<number>,
): Promise<number> {
  const counts = await Promise.all(
    Array.from({ length: callers }, async () => {
      let done = 0;
      for (;;) {
        const count = await fetchAndComplete();
        if (count === 0) return done;
        done += count;
      }
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
