import { Child } from '../harness/child.js';
import type { Bench, Experiment, OpenExperiment } from '../harness/experiment.js';
import { withDatabase } from '../postgres.js';
import { BACKLOGS } from './scheduling.js';
import type { SchedulingAnswer, SchedulingCommand } from './scheduling-program.js';

const FIGURE = 'ms for a dispatch';
const MOST_TIMES = 1.5;

const nameOf = ({ jobs, tenants }: (typeof BACKLOGS)[number]) =>
  `${jobs.toLocaleString('en')} jobs of ${tenants.toLocaleString('en')} tenants`;

async function measure(bench: Bench, backlog: number): Promise<number> {
  return withDatabase(await bench.servers.main(), async (connectionString) => {
    const answer = await Child.answer<SchedulingCommand, SchedulingAnswer>(
      'queue/scheduling-program',
      { place: 'anywhere', pinning: bench.pinning, env: { DATABASE_URL: connectionString } },
      { backlog },
    );
    return (answer as { readonly dispatchMs: number }).dispatchMs;
  });
}

/** What a dispatch costs, however much waits and of however many tenants. */
export const schedulingExperiment: Experiment = {
  name: 'queue-scheduling',
  title: 'leases of one job from backlogs of all sizes',
  async open(bench: Bench): Promise<OpenExperiment> {
    const least = nameOf(BACKLOGS[0]);
    return {
      variants: BACKLOGS.map((backlog, n) => ({
        name: nameOf(backlog),
        measure: async () => ({ [FIGURE]: await measure(bench, n) }),
      })),
      comparisons: BACKLOGS.slice(1).map((backlog) => ({
        what: `a dispatch among ${nameOf(backlog)} / among ten`,
        of: { variant: nameOf(backlog), figure: FIGURE },
        to: { variant: least, figure: FIGURE },
        target: { atMost: MOST_TIMES },
      })),
    };
  },
};
