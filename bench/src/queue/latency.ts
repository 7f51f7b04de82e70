import { PostgresWorkQueue } from '@imprest/work-queue-postgres';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { Pool } from 'pg';
import { migrateQueue } from './own.js';

export interface Latencies {
  readonly p50: number;
  readonly p99: number;
}

/** Milliseconds from asking for a job until a worker that had nothing to do has it. */
type Dispatch = () => Promise<number>;

const DISPATCHES = 300;
const TASK = 'bench';

/** A job, and how long until it was taken. */
class Timed {
  private taken: (ms: number) => void = () => undefined;
  private startedAt = 0;

  dispatch(ask: () => Promise<unknown>): Promise<number> {
    const waiting = new Promise<number>((resolve) => {
      this.taken = resolve;
    });
    this.startedAt = performance.now();
    return ask().then(() => waiting);
  }

  take(): void {
    this.taken(performance.now() - this.startedAt);
  }
}

async function measured(dispatch: Dispatch): Promise<Latencies> {
  const times: number[] = [];
  for (let n = 0; n < DISPATCHES; n += 1) times.push(await dispatch());
  const sorted = times.sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))] as number;
  return { p50: at(0.5), p99: at(0.99) };
}

export async function ownLatency(connectionString: string): Promise<Latencies> {
  await migrateQueue(connectionString);
  const open = () => PostgresWorkQueue.connect({ connectionString, queue: 'latency' });
  const [asking, serving] = [await open(), await open()];
  const timed = new Timed();
  const stop = serving.onReady(async () => {
    const leases = await serving.lease({ workerId: 'bench', limit: 16, leaseMs: 60_000 });
    if (leases.length === 0) return;
    timed.take();
    await serving.complete(leases);
  });
  let n = 0;
  try {
    return await measured(() =>
      timed.dispatch(() => {
        n += 1;
        return asking.enqueue([{ id: `job-${n}`, tenantId: 'tenant', lane: 'model', cost: 1 }]);
      }),
    );
  } finally {
    stop();
    await asking.close();
    await serving.close();
  }
}

export async function graphileLatency(connectionString: string): Promise<Latencies> {
  const logger = new Logger(() => () => undefined);
  const pgPool = new Pool({ connectionString, max: 10 });
  pgPool.on('error', () => undefined);
  pgPool.on('connect', (client) => client.on('error', () => undefined));
  const utils = await makeWorkerUtils({ pgPool, logger });
  await utils.migrate();
  const timed = new Timed();
  const runner = await run({
    pgPool,
    logger,
    noHandleSignals: true,
    preset: { worker: { concurrentJobs: 16 } },
    taskList: { [TASK]: async () => timed.take() },
  });
  try {
    return await measured(() => timed.dispatch(() => utils.addJob(TASK, {})));
  } finally {
    await runner.stop();
    await utils.release();
    await pgPool.end();
  }
}
