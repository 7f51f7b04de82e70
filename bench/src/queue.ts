import { Client } from 'pg';
import { bullmqQueue } from './queue/bullmq.js';
import type { Contender, Job } from './queue/contender.js';
import { graphileWorkerQueue } from './queue/graphile-worker.js';
import { ownQueue } from './queue/own.js';
import { pgBossQueue } from './queue/pg-boss.js';

export interface QueueBenchOptions {
  /** Jobs of a round; a fifth of them goes one by one. */
  readonly jobs: number;
  readonly rounds: number;
}

/** Jobs per second, medians over the rounds. */
export interface QueueRates {
  readonly name: string;
  /** In batches of 256. */
  readonly enqueue: number;
  /** Taken and completed in batches of 256. */
  readonly fetchAndComplete: number;
  /** Taken and completed singly by 16 workers. */
  readonly oneByOne: number;
}

export interface QueueBenchResult {
  /** The own queue first, then its peers in PostgreSQL, then BullMQ. */
  readonly rates: readonly QueueRates[];
  /** Why a queue is missing. */
  readonly missing: readonly string[];
}

type Measure = Exclude<keyof QueueRates, 'name'>;
type Samples = Record<Measure, number[]>;

const TENANTS = 20;
const ONE_BY_ONE_SHARE = 5;

function makeJobs(count: number, round: number): Job[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `job-${round}-${n}`,
    tenantId: `tenant-${n % TENANTS}`,
    lane: 'model',
    cost: 1 + ((n * 7) % 4),
  }));
}

function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Jobs per second. */
async function timed(jobs: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (jobs * 1000) / (performance.now() - start);
}

async function drained(jobs: number, drain: () => Promise<number>): Promise<number> {
  return timed(jobs, async () => {
    const done = await drain();
    if (done !== jobs) throw new Error(`${done} of ${jobs} jobs were done`);
  });
}

async function measure(
  contender: Contender,
  samples: Samples,
  { jobs, round, client }: { jobs: number; round: number; client: Client },
): Promise<void> {
  const all = makeJobs(jobs, round);
  samples.enqueue.push(await timed(jobs, () => contender.enqueue(all)));
  // What autovacuum does now and then, done for everybody at the same point.
  await client.query('vacuum analyze');
  samples.fetchAndComplete.push(await drained(jobs, () => contender.drain()));
  const few = all.slice(0, Math.ceil(jobs / ONE_BY_ONE_SHARE));
  await contender.enqueue(few);
  samples.oneByOne.push(await drained(few.length, () => contender.drainOneByOne()));
}

function ratesOf(name: string, samples: Samples): QueueRates {
  return {
    name,
    enqueue: median(samples.enqueue),
    fetchAndComplete: median(samples.fetchAndComplete),
    oneByOne: median(samples.oneByOne),
  };
}

/**
 * The own queue beside pg-boss and Graphile Worker, all three in the database given, and BullMQ in a Redis of its own,
 * in turn each round.
 * One round more goes first and is not counted.
 */
export async function benchQueue(
  connectionString: string,
  { jobs, rounds }: QueueBenchOptions,
): Promise<QueueBenchResult> {
  const client = new Client({ connectionString });
  await client.connect();
  const contenders: Contender[] = [];
  try {
    for (const open of [ownQueue, pgBossQueue, graphileWorkerQueue]) {
      contenders.push(await open(connectionString));
    }
    const bullmq = await bullmqQueue();
    if (typeof bullmq !== 'string') contenders.push(bullmq);
    const samples = contenders.map(
      (): Samples => ({ enqueue: [], fetchAndComplete: [], oneByOne: [] }),
    );
    for (let round = 0; round <= rounds; round += 1) {
      for (const [n, contender] of contenders.entries()) {
        const warmUp: Samples = { enqueue: [], fetchAndComplete: [], oneByOne: [] };
        const into = round === 0 ? warmUp : (samples[n] as Samples);
        await measure(contender, into, { jobs, round, client });
      }
    }
    const rates = contenders.map(({ name }, n) => ratesOf(name, samples[n] as Samples));
    return { rates, missing: typeof bullmq === 'string' ? [`BullMQ: ${bullmq}`] : [] };
  } finally {
    for (const contender of contenders) await contender.close();
    await client.end();
  }
}
