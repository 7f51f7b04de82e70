import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { Pool } from 'pg';
import { type Contender, queueInBatches, WORKERS } from './contender.js';

const TASK = 'bench';
const CONCURRENT_JOBS = 24;
const LOCAL_QUEUE = 500;
const silent = new Logger(() => () => undefined);

/** Graphile Worker calls its task for each job; batches of completions go out at once when full. */
const TUNED = {
  concurrentJobs: CONCURRENT_JOBS,
  localQueue: { size: LOCAL_QUEUE },
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
};

export async function graphileWorkerQueue(connectionString: string): Promise<Contender> {
  const pgPool = new Pool({ connectionString, max: CONCURRENT_JOBS });
  const ignore = () => undefined;
  pgPool.on('error', ignore);
  pgPool.on('connect', (client) => client.on('error', ignore));
  const utils = await makeWorkerUtils({ pgPool, logger: silent });
  await utils.migrate();
  let queued = 0;

  async function drain(worker: typeof TUNED | { concurrentJobs: number }): Promise<number> {
    const expected = queued;
    let done = 0;
    let finish: () => void = ignore;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const runner = await run({
      pgPool,
      logger: silent,
      noHandleSignals: true,
      preset: { worker },
      taskList: {
        [TASK]: async () => {
          done += 1;
          if (done === expected) finish();
        },
      },
    });
    await finished;
    // Ends when the last completions are written.
    await runner.stop();
    queued = 0;
    return done;
  }
  return {
    name: 'graphile-worker',
    enqueue: async (jobs) => {
      await queueInBatches(jobs, (batch) =>
        utils.addJobs(batch.map((payload) => ({ identifier: TASK, payload }))),
      );
      queued += jobs.length;
    },
    drain: () => drain(TUNED),
    drainOneByOne: () => drain({ concurrentJobs: WORKERS }),
    close: async () => {
      await utils.release();
      await pgPool.end();
    },
  };
}
