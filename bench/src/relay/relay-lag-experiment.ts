import { migrations as eventStoreMigrations } from '@imprest/event-store-postgres';
import { migrations as readModelMigrations, runMigrations } from '@imprest/read-models';
import { kafkaUnavailable, startKafkaBroker } from '@imprest/testkit/kafka';
import { Child } from '../harness/child.js';
import type { Bench, Experiment, Figures, OpenExperiment } from '../harness/experiment.js';
import { withDatabase } from '../postgres.js';
import type { LagAnswer, LagCommand } from './lag-program.js';
import type { WriteAnswer, WriteCommand } from './steady-writer-program.js';
import { newTopics, type Topics } from './topics.js';

const EVENTS_PER_SECOND = 5_000;
/** What Kafka may add. */
const ALLOWANCE_MS = 100;
/** A writer that falls short of its pace measures an easier case. */
const LEAST_PACE = 0.95;
/** Joining a group, electing a leader: what has happened once and for all before events come. */
const SETTLING_MS = 3_000;

async function measure(
  bench: Bench,
  connectionString: string,
  topics: Topics | undefined,
): Promise<Figures> {
  const { warmUpMs, measureMs, quick } = bench.options;
  const warmUp = Math.round((warmUpMs / 1000) * EVENTS_PER_SECOND);
  const events = Math.round(((quick ? 1 : 2) * measureMs * EVENTS_PER_SECOND) / 1000);
  const env = { DATABASE_URL: connectionString };
  const common = { pinning: bench.pinning, env };
  const reader = await Child.start<LagCommand, LagAnswer>('relay/lag-program', {
    ...common,
    place: 'program',
  });
  const writer = await Child.start<WriteCommand, WriteAnswer>('relay/steady-writer-program', {
    ...common,
    place: 'load',
  });
  try {
    const lag = reader.child.ask({ topics, warmUp, events });
    // When the writer fails first, its reason is the one to tell.
    lag.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
    const plan = { events: warmUp + events, eventsPerSecond: EVENTS_PER_SECOND };
    const { eventsPerSecond } = await writer.child.ask(plan);
    if (eventsPerSecond < LEAST_PACE * EVENTS_PER_SECOND) {
      throw new Error(`only ${Math.round(eventsPerSecond)} events/s were written`);
    }
    const { p50, p99, relayed, cpuMicroseconds } = await lag;
    return {
      ...(relayed && { 'p50 ms, read': relayed.read, 'p50 ms, in Kafka': relayed.confirmed }),
      ...{ 'p50 ms': p50, 'p99 ms': p99, 'p99 + 100 ms': p99 + ALLOWANCE_MS },
      'CPU us an event': cpuMicroseconds,
    };
  } finally {
    await Promise.all([reader.child.stop(), writer.child.stop()]);
  }
}

/** How old events are when a consumer gets them, at an even pace, with Kafka in between and without. */
export const relayLagExperiment: Experiment = {
  name: 'relay-lag',
  title: `age of events at a consumer, ${EVENTS_PER_SECOND} events/s`,
  unavailable: () => kafkaUnavailable(),
  async open(bench: Bench): Promise<OpenExperiment> {
    const server = await bench.servers.main();
    const { brokers, stop } = await startKafkaBroker({ optimised: true });
    const variant = (name: string, topics: () => Promise<Topics | undefined>) => ({
      name,
      measure: () =>
        withDatabase(server, async (connectionString) => {
          await runMigrations(connectionString, [...eventStoreMigrations, ...readModelMigrations]);
          return measure(bench, connectionString, await topics());
        }),
    });
    const withKafka = variant('with Kafka', () => newTopics(brokers));
    // A broker that has just started compiles itself while it works; in everyday use it has long done so.
    await withKafka.measure();
    return {
      variants: [withKafka, variant('without Kafka', async () => undefined)],
      comparisons: [
        {
          what: 'p99 with Kafka / p99 without it and 100 ms more',
          of: { variant: 'with Kafka', figure: 'p99 ms' },
          to: { variant: 'without Kafka', figure: 'p99 + 100 ms' },
          target: { atMost: 1 },
        },
      ],
      close: stop,
    };
  },
};
