import { type Contender, queueInBatches, WORKERS } from './contender.js';
import { type RedisServer, startRedis } from './redis-server.js';

/** The part of BullMQ that is measured. */
interface BullMq {
  readonly Queue: new (
    name: string,
    options: object,
  ) => {
    waitUntilReady(): Promise<unknown>;
    addBulk(jobs: readonly { readonly name: string; readonly data: unknown }[]): Promise<unknown>;
    close(): Promise<void>;
  };
  readonly Worker: new (
    name: string,
    work: () => Promise<void>,
    options: object,
  ) => {
    on(event: 'error' | 'completed', listener: () => void): void;
    close(): Promise<void>;
  };
}

/** Not among the dependencies: it brings native code that has to be built where it is installed. */
const PACKAGE: string = 'bullmq';

const QUEUE = 'bench';
/** Its worker takes job by job; more of them at once wait for each other in Redis. */
const CONCURRENT_JOBS = 64;

/** @returns why it is not there, where it is not */
async function installed(): Promise<BullMq | string> {
  try {
    return (await import(PACKAGE)) as BullMq;
  } catch {
    return 'it is not installed (npm install --no-save bullmq@6.7.0 ioredis@5.8.2)';
  }
}

/** BullMQ on a Redis that syncs each write, or why there is none. */
export async function bullmqQueue(): Promise<Contender | string> {
  const bullmq = await installed();
  if (typeof bullmq === 'string') return bullmq;
  const redis = await startRedis();
  if (typeof redis === 'string') return redis;
  try {
    return await queueOn(redis, bullmq);
  } catch (error) {
    await redis.stop();
    throw error;
  }
}

async function queueOn(redis: RedisServer, { Queue, Worker }: BullMq): Promise<Contender> {
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
