import { Child } from '../harness/child.js';
import type { Bench, Experiment, Figures, OpenExperiment } from '../harness/experiment.js';
import { withDatabase } from '../postgres.js';
import type { QueueBenchResult, QueueRates } from '../queue.js';
import type { QueueAnswer, QueueCommand } from './queue-program.js';
import { startRedis } from './redis-server.js';

const MEASURES = [
  ['enqueue', 'put in, batches of 256'],
  ['fetchAndComplete', 'fetched and completed, batches of 256'],
  ['oneByOne', 'fetched and completed one by one, 16 workers'],
] as const;
const QUEUES = 'queues';
const BEST_PEER = 'best peer in PostgreSQL';
const BULLMQ = 'BullMQ';

const figureName = (queue: string, what: string) => `${queue}: jobs/s ${what}`;

function figuresOf([own, ...peers]: readonly QueueRates[]): Figures {
  const figures: Record<string, number> = {};
  for (const [measure, what] of MEASURES) {
    figures[figureName('own', what)] = own?.[measure] ?? Number.NaN;
    for (const peer of peers) figures[figureName(peer.name, what)] = peer[measure];
    const others = peers.filter(({ name }) => name !== BULLMQ);
    figures[figureName(BEST_PEER, what)] = Math.max(...others.map((peer) => peer[measure]));
  }
  return figures;
}

async function measure(bench: Bench, jobs: number): Promise<Figures> {
  return withDatabase(await bench.servers.main(), async (connectionString) => {
    const env = { DATABASE_URL: connectionString };
    const { rates, missing } = (await Child.answer<QueueCommand, QueueAnswer>(
      'queue/queue-program',
      { place: 'anywhere', pinning: bench.pinning, env },
      { jobs },
    )) as QueueBenchResult;
    for (const line of missing) bench.progress(`left out, ${line}`);
    return figuresOf(rates);
  });
}

/**
 * The work queue beside pg-boss and Graphile Worker, and beside BullMQ where there is a Redis, each tuned as its documentation
 * says and each on disk before it answers.
 */
export const queueExperiment: Experiment = {
  name: 'queue',
  title: 'work queues, no-op jobs',
  async open(bench: Bench): Promise<OpenExperiment> {
    const jobs = bench.options.quick ? 2_000 : 10_000;
    const redis = await startRedis();
    if (typeof redis !== 'string') await redis.stop();
    const peers = typeof redis === 'string' ? [BEST_PEER] : [BEST_PEER, BULLMQ];
    return {
      variants: [{ name: QUEUES, measure: () => measure(bench, jobs) }],
      comparisons: peers.flatMap((peer) =>
        MEASURES.map(([name, what]) => ({
          what: `own queue / ${peer}: ${what}`,
          of: { variant: QUEUES, figure: figureName('own', what) },
          to: { variant: QUEUES, figure: figureName(peer, what) },
          ...(name === 'fetchAndComplete' && { target: { atLeast: 1.5 } }),
        })),
      ),
    };
  },
};
