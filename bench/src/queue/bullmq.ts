import { Queue, Worker } from 'bullmq';
import { type Contender, queueInBatches, WORKERS } from './contender.js';
import type { RedisServer } from './redis-server.js';

const QUEUE = 'bench';
/** Its worker takes job by job; more of them at once wait for each other in Redis. */
const CONCURRENT_JOBS = 64;

/** BullMQ on a Redis that syncs each write. */
export async function bullmqQueue(redis: RedisServer): Promise<Contender> {
  const connection = { host: '127.0.0.1', port: redis.port, maxRetriesPerRequest: null };
  const queue = new Queue(QUEUE, { connection });
  await queue.waitUntilReady();
  let queued = 0;

  async function drain(concurrency: number): Promise<number> {
    const expected = queued;
    let done = 0;
    const worker = new Worker(QUEUE, async () => undefined, {
      connection,
      concurrency,
      removeOnComplete: { count: 0 },
    });
    worker.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      worker.on('completed', () => {
        done += 1;
        if (done === expected) resolve();
      });
    });
    await worker.close();
    queued = 0;
    return done;
  }
  return {
    name: 'BullMQ',
    enqueue: async (jobs) => {
      await queueInBatches(jobs, (batch) =>
        queue.addBulk(batch.map((data) => ({ name: QUEUE, data }))),
      );
      queued += jobs.length;
    },
    drain: () => drain(CONCURRENT_JOBS),
    drainOneByOne: () => drain(WORKERS),
    close: async () => {
      await queue.close();
      await redis.stop();
    },
  };
}
