import { Child } from '../harness/child.js';
import type { Bench, Experiment, Figures, OpenExperiment } from '../harness/experiment.js';
import { withDatabase } from '../postgres.js';
import type { QueueBenchResult, QueueRates } from '../queue.js';
import type { QueueAnswer, QueueCommand } from './queue-program.js';

const MEASURES = [
  ['enqueue', 'put in, batches of 256'],
  ['fetchAndComplete', 'fetched and completed, batches of 256'],
  ['oneByOne', 'fetched and completed one by one, 16 workers'],
] as const;
const QUEUES = 'queues';
const BEST_PEER = 'best peer';

const figureName = (queue: string, what: string) => `${queue}: jobs/s ${what}`;

function figuresOf([own, ...peers]: readonly QueueRates[]): Figures {
  const figures: Record<string, number> = {};
  for (const [measure, what] of MEASURES) {
    figures[figureName('own', what)] = own?.[measure] ?? Number.NaN;
    for (const peer of peers) figures[figureName(peer.name, what)] = peer[measure];
    figures[figureName(BEST_PEER, what)] = Math.max(...peers.map((peer) => peer[measure]));
  }
  return figures;
}

async function measure(bench: Bench, jobs: number): Promise<Figures> {
  return withDatabase(await bench.servers.main(), async (connectionString) => {
    const env = { DATABASE_URL: connectionString };
    const { rates } = (await Child.answer<QueueCommand, QueueAnswer>(
      'queue/queue-program',
      { place: 'anywhere', pinning: bench.pinning, env },
      { jobs },
    )) as QueueBenchResult;
    return figuresOf(rates);
  });
}

/** The work queue beside pg-boss and Graphile Worker, each tuned as its documentation says. */
export const queueExperiment: Experiment = {
  name: 'queue',
  title: 'work queues in one PostgreSQL, no-op jobs',
  async open(bench: Bench): Promise<OpenExperiment> {
    const jobs = bench.options.quick ? 2_000 : 10_000;
    return {
      variants: [{ name: QUEUES, measure: () => measure(bench, jobs) }],
      comparisons: MEASURES.map(([name, what]) => ({
        what: `own queue / best peer: ${what}`,
        of: { variant: QUEUES, figure: figureName('own', what) },
        to: { variant: QUEUES, figure: figureName(BEST_PEER, what) },
        ...(name === 'fetchAndComplete' && { target: { atLeast: 1.5 } }),
      })),
    };
  },
};
