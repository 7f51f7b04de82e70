import { percentile } from '../harness/statistics.js';
import { Connection } from './connection.js';

export interface LoadPlan {
  readonly port: number;
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly expectedStatus: number;
  /** Ends earlier, after this many answers in all. */
  readonly requests?: number;
}

export interface LoadResult {
  /** Answers per second within the measured window. */
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** All answers of the run, warm-up included: as many facts must be found afterwards. */
  readonly answers: number;
  readonly elapsedMs: number;
}

/**
 * Closed loop over keep-alive connections.
 * @throws Error when any answer has another status, or a connection breaks
 */
export function runLoad(plan: LoadPlan, requests: readonly Buffer[]): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const latencies: number[] = [];
    const startedAt = performance.now();
    const measureFrom = startedAt + plan.warmUpMs;
    const measureUntil = measureFrom + plan.measureMs;
    const limit = plan.requests ?? Number.POSITIVE_INFINITY;
    let issued = 0;
    let answers = 0;
    let open = plan.connections;
    const connections: Connection[] = [];
    const finish = (settle: () => void) => {
      for (const connection of connections) connection.close();
      settle();
    };
    const events = {
      next: () => {
        if (issued < limit && performance.now() < measureUntil) {
          issued += 1;
          return requests[issued % requests.length];
        }
        open -= 1;
        if (open === 0) finish(() => resolve(summary(latencies, answers, plan, startedAt)));
        return undefined;
      },
      answered: (status: number, ms: number) => {
        if (status !== plan.expectedStatus)
          events.failed(new Error(`answer with status ${status}`));
        answers += 1;
        const now = performance.now();
        if (now >= measureFrom && now < measureUntil) latencies.push(ms);
      },
      failed: (error: Error) => finish(() => reject(error)),
    };
    for (let index = 0; index < plan.connections; index += 1) {
      connections.push(new Connection(plan.port, events));
    }
  });
}

function summary(
  latencies: number[],
  answers: number,
  plan: LoadPlan,
  startedAt: number,
): LoadResult {
  const elapsedMs = performance.now() - startedAt;
  if (latencies.length === 0) throw new Error('no answer in the measured window');
  const sorted = Float64Array.from(latencies).sort();
  const windowMs = Math.min(plan.measureMs, elapsedMs - plan.warmUpMs);
  return {
    rate: (sorted.length / windowMs) * 1000,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    answers,
    elapsedMs,
  };
}
