import { percentile } from './statistics.js';

export interface LoopPlan {
  /** Operations under way at any moment. */
  readonly inFlight: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export interface LoopResult {
  /** Operations per second that ended within the measured window. */
  readonly rate: number;
  /** In ms, as `p99`. */
  readonly p50: number;
  readonly p99: number;
  /** All operations, warm-up included. */
  readonly done: number;
}

/** Starts an operation whenever one has ended, until the time is over. The first failure ends it. */
export async function runClosedLoop(
  plan: LoopPlan,
  operation: (slot: number) => Promise<void>,
): Promise<LoopResult> {
  const measureFrom = performance.now() + plan.warmUpMs;
  const measureUntil = measureFrom + plan.measureMs;
  const latencies: number[] = [];
  let done = 0;
  const lane = async (slot: number) => {
    for (;;) {
      const startedAt = performance.now();
      if (startedAt >= measureUntil) return;
      await operation(slot);
      done += 1;
      const endedAt = performance.now();
      if (endedAt >= measureFrom && endedAt < measureUntil) latencies.push(endedAt - startedAt);
    }
  };
  await Promise.all(Array.from({ length: plan.inFlight }, (_, slot) => lane(slot)));
  if (latencies.length === 0) throw new Error('no operation ended in the measured window');
  const sorted = Float64Array.from(latencies).sort();
  return {
    rate: (sorted.length / plan.measureMs) * 1000,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    done,
  };
}
