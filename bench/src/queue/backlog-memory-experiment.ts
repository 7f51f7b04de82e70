import { Child } from '../harness/child.js';
import type { Bench, Experiment, Figures, OpenExperiment } from '../harness/experiment.js';
import { withDatabase } from '../postgres.js';
import type { BacklogMemory } from './backlog-memory.js';
import type { MemoryAnswer, MemoryCommand } from './backlog-memory-program.js';

async function measure(bench: Bench, jobs: number): Promise<Figures> {
  return withDatabase(await bench.servers.main(), async (connectionString) => {
    const { processMib, storedMib } = (await Child.answer<MemoryCommand, MemoryAnswer>(
      'queue/backlog-memory-program',
      { place: 'program', pinning: bench.pinning, env: { DATABASE_URL: connectionString } },
      { jobs },
    )) as BacklogMemory;
    return { 'MiB of the process': processMib, 'MiB in the database': storedMib };
  });
}

/** What a backlog takes of memory and disk: of the process nothing that grows with it. */
export const backlogMemoryExperiment: Experiment = {
  name: 'queue-memory',
  title: 'a million queued jobs',
  async open(bench: Bench): Promise<OpenExperiment> {
    const jobs = bench.options.quick ? 50_000 : 1_000_000;
    const name = `${jobs.toLocaleString('en')} queued jobs`;
    return { variants: [{ name, measure: () => measure(bench, jobs) }], comparisons: [] };
  },
};
