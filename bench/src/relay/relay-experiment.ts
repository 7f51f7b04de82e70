import { migrations as eventStoreMigrations } from '@imprest/event-store-postgres';
import { migrations as readModelMigrations, runMigrations } from '@imprest/read-models';
import { kafkaUnavailable, startKafkaBroker } from '@imprest/testkit/kafka';
import { Child } from '../harness/child.js';
import type { Bench, Experiment, OpenExperiment, Variant } from '../harness/experiment.js';
import type { RelayAnswer, RelayCommand } from './relay-program.js';
import { newTopics } from './topics.js';

const DATABASE = 'relay_history';
const EVENTS_PER_SECOND = 'events/s';

async function run(bench: Bench, connectionString: string, command: RelayCommand): Promise<number> {
  const env = { DATABASE_URL: connectionString };
  const { eventsPerSecond } = await Child.answer<RelayCommand, RelayAnswer>(
    'relay/relay-program',
    { place: 'program', pinning: bench.pinning, env },
    command,
  );
  return eventsPerSecond;
}

/** The way of a history into Kafka, and from there into the books. */
export const relayExperiment: Experiment = {
  name: 'relay',
  title: 'relay of ledger events to Kafka, and their projection from there, events/s',
  unavailable: () => kafkaUnavailable(),
  async open(bench: Bench): Promise<OpenExperiment> {
    const history = bench.options.quick ? 20_000 : 100_000;
    const server = await bench.servers.main();
    const connectionString = await server.createDatabase(DATABASE);
    await runMigrations(connectionString, [...eventStoreMigrations, ...readModelMigrations]);
    await run(bench, connectionString, { task: 'append', events: history });
    const { brokers, stop } = await startKafkaBroker({ optimised: true });
    const filled = await newTopics(brokers);
    await run(bench, connectionString, { task: 'relay', events: history, topics: filled });
    const variant = (name: string, command: () => Promise<RelayCommand>): Variant => ({
      name,
      measure: async () => ({
        [EVENTS_PER_SECOND]: await run(bench, connectionString, await command()),
      }),
    });
    const emptied = async (task: RelayCommand['task']) => {
      return { task, events: history, topics: await newTopics(brokers) };
    };
    const project = { task: 'project', events: history } as const;
    const figure = (name: string) => ({ variant: name, figure: EVENTS_PER_SECOND });
    return {
      variants: [
        variant('relay', () => emptied('relay')),
        variant('bare kafkajs producer', () => emptied('bare')),
        variant('projection, Kafka', async () => ({ ...project, topics: filled })),
        variant('projection, store', async () => project),
      ],
      comparisons: [
        {
          what: 'relay / bare producer of the same messages in the same batches',
          of: figure('relay'),
          to: figure('bare kafkajs producer'),
          target: { atLeast: 0.8 },
        },
        {
          what: 'projection through Kafka / straight from the store',
          of: figure('projection, Kafka'),
          to: figure('projection, store'),
          target: { atLeast: 0.7 },
        },
      ],
      close: async () => {
        await stop();
        await server.dropDatabase(DATABASE);
      },
    };
  },
};
