import { Child } from '../harness/child.js';
import type { Bench, Experiment, Figures, OpenExperiment } from '../harness/experiment.js';
import { withDatabase } from '../postgres.js';
import type { Latencies } from './latency.js';
import type { LatencyAnswer, LatencyCommand } from './latency-program.js';

const QUEUES = ['own', 'graphile-worker'] as const;
const MEDIAN = 'ms until taken, p50';
const TAIL = 'ms until taken, p99';

async function measure(bench: Bench, queue: (typeof QUEUES)[number]): Promise<Figures> {
  return withDatabase(await bench.servers.main(), async (connectionString) => {
    const { p50, p99 } = (await Child.answer<LatencyCommand, LatencyAnswer>(
      'queue/latency-program',
      { place: 'anywhere', pinning: bench.pinning, env: { DATABASE_URL: connectionString } },
      { queue },
    )) as Latencies;
    return { [MEDIAN]: p50, [TAIL]: p99 };
  });
}

/** How soon a worker with nothing to do has a job that was asked for, beside Graphile Worker. */
export const dispatchLatencyExperiment: Experiment = {
  name: 'queue-latency',
  title: 'from asking for a job to its worker, idle',
  async open(bench: Bench): Promise<OpenExperiment> {
    return {
      variants: QUEUES.map((queue) => ({ name: queue, measure: () => measure(bench, queue) })),
      comparisons: [MEDIAN, TAIL].map((figure) => ({
        what: `own queue / graphile-worker: ${figure}`,
        of: { variant: 'own', figure },
        to: { variant: 'graphile-worker', figure },
        ...(figure === TAIL && { target: { atMost: 1 } }),
      })),
    };
  },
};
