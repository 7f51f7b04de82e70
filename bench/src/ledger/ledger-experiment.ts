import { migrations as eventStoreMigrations } from '@imprest/event-store-postgres';
import { migrations as readModelMigrations, runMigrations } from '@imprest/read-models';
import { Child } from '../harness/child.js';
import type { Bench, Experiment, OpenExperiment, Variant } from '../harness/experiment.js';
import type { LedgerAnswer, LedgerCommand } from './ledger-program.js';

const DATABASE = 'ledger_history';
const EVENTS_PER_SECOND = 'events/s';

async function run(
  bench: Bench,
  connectionString: string,
  task: LedgerCommand['task'],
  events: number,
): Promise<number> {
  const env = { DATABASE_URL: connectionString };
  const { eventsPerSecond } = await Child.answer<LedgerCommand, LedgerAnswer>(
    'ledger/ledger-program',
    { place: 'anywhere', pinning: bench.pinning, env },
    { task, events },
  );
  return eventsPerSecond;
}

/** Reading the books anew, and writing them: from the same history, by the ways compared. Rows come before their COPY. */
export const ledgerExperiment: Experiment = {
  name: 'ledger',
  title: 'replay and projection of ledger events, events/s',
  async open(bench: Bench): Promise<OpenExperiment> {
    const { quick } = bench.options;
    const history = quick ? 200_000 : 1_000_000;
    const projected = quick ? 50_000 : 200_000;
    const saved = quick ? 500 : 1_500;
    const server = await bench.servers.main();
    const connectionString = await server.createDatabase(DATABASE);
    await runMigrations(connectionString, [...eventStoreMigrations, ...readModelMigrations]);
    await run(bench, connectionString, 'append', history);
    const variant = (name: string, task: LedgerCommand['task'], events: number): Variant => ({
      name,
      measure: async () => ({
        [EVENTS_PER_SECOND]: await run(bench, connectionString, task, events),
      }),
    });
    const figure = (name: string) => ({ variant: name, figure: EVENTS_PER_SECOND });
    return {
      variants: [
        variant('replay', 'replay', history),
        variant('keyset pages', 'keyset', history),
        variant('projection', 'project', projected),
        variant('TypeORM save()', 'save', saved),
        variant('rebuild', 'rebuild', history),
        variant('replay to balances', 'balances', history),
        variant('COPY and parse', 'parse', history),
        variant('COPY of journal rows', 'copy', history),
      ],
      comparisons: [
        {
          what: `replay of ${history.toLocaleString('en-GB')} events / keyset pages of the same rows`,
          of: figure('replay'),
          to: figure('keyset pages'),
          target: { atLeast: 1.5 },
        },
        {
          what: 'projection of the journal / TypeORM save() row by row',
          of: figure('projection'),
          to: figure('TypeORM save()'),
          target: { atLeast: 50 },
        },
        {
          what: 'replay to balances in tokens and money / COPY of the events, read and parsed',
          of: figure('replay to balances'),
          to: figure('COPY and parse'),
          target: { atLeast: 0.6 },
        },
        {
          what: 'rebuild of the journal / COPY of the same rows, ready-made, and their indexes',
          of: figure('rebuild'),
          to: figure('COPY of journal rows'),
          target: { atLeast: 0.5 },
        },
        { what: 'rebuild / live projection', of: figure('rebuild'), to: figure('projection') },
      ],
      close: () => server.dropDatabase(DATABASE),
    };
  },
};
