import { migrations as eventStoreMigrations } from '@imprest/event-store-postgres';
import { migrations as readModelMigrations, runMigrations } from '@imprest/read-models';
import { Child } from '../harness/child.js';
import type { Bench, Experiment, OpenExperiment, Variant } from '../harness/experiment.js';
import type { RebuildAnswer, RebuildCommand } from './rebuild-program.js';

const DATABASE = 'rebuild_history';
const EVENTS_PER_SECOND = 'events/s';

async function run(
  bench: Bench,
  connectionString: string,
  command: RebuildCommand,
): Promise<number> {
  const env = { DATABASE_URL: connectionString };
  const { eventsPerSecond } = await Child.answer<RebuildCommand, RebuildAnswer>(
    'rebuild/rebuild-program',
    { place: 'anywhere', pinning: bench.pinning, env },
    command,
  );
  return eventsPerSecond;
}

/** The journal made anew from the same events: by the product, with every check, and by the fastest program without any. */
export const rebuildExperiment: Experiment = {
  name: 'rebuild',
  title: 'rebuild of the journal beside the live one, events/s',
  async open(bench: Bench): Promise<OpenExperiment> {
    const events = bench.options.quick ? 100_000 : 500_000;
    const server = await bench.servers.main();
    const connectionString = await server.createDatabase(DATABASE);
    await runMigrations(connectionString, [...eventStoreMigrations, ...readModelMigrations]);
    await run(bench, connectionString, { task: 'append', events });
    const variant = (name: string, task: RebuildCommand['task']): Variant => ({
      name,
      measure: async () => ({
        [EVENTS_PER_SECOND]: await run(bench, connectionString, { task, events }),
      }),
    });
    const figure = (name: string) => ({ variant: name, figure: EVENTS_PER_SECOND });
    return {
      variants: [variant('rebuild', 'journal'), variant('COPY program', 'copy')],
      comparisons: [
        {
          what: `rebuild of ${events.toLocaleString('en-GB')} events, indexes and switch included / COPY program without checks`,
          of: figure('rebuild'),
          to: figure('COPY program'),
          target: { atLeast: 0.6 },
        },
      ],
      close: () => server.dropDatabase(DATABASE),
    };
  },
};
