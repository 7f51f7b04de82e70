import {
  type Consumer,
  DeciderRunner,
  type MessageBus,
  Parking,
  PeriodicTask,
  SubscriptionRunner,
  systemClock,
} from '@imprest/application';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { DirectMessageBus } from '@imprest/message-bus-direct';
import { KafkaMessageBus } from '@imprest/message-bus-kafka';
import {
  PostgresCheckpointStore,
  PostgresParkedStreams,
  PostgresSnapshotStore,
} from '@imprest/read-models';
import { within } from '../harness/within.js';
import type { Topics } from './topics.js';

const LOOK_MS = 10;
/** As often as the product's own host of consumers. */
const TEND_MS = 2_000;

export interface RunningConsumer {
  /** Resolves when so many events were processed. @throws Error when that takes too long, or the consumer fails */
  processed(events: number, longestMs: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A consumer as the product runs it, upkeep included: on Kafka when there are topics, on the direct bus when
 * there are none.
 */
export async function startConsumer(
  connectionString: string,
  topics: Topics | undefined,
  consumer: Consumer,
): Promise<RunningConsumer> {
  const store = await PostgresEventStore.connect({ connectionString });
  const bus: MessageBus = topics
    ? await KafkaMessageBus.connect(topics)
    : new DirectMessageBus(store, connectionString);
  const checkpoints = new PostgresCheckpointStore({ connectionString });
  const parkedStreams = new PostgresParkedStreams({ connectionString });
  const snapshots = new PostgresSnapshotStore({ connectionString });
  const runner = new DeciderRunner({ store, snapshots, clock: systemClock });
  const failures: unknown[] = [];
  const subscription = new SubscriptionRunner(consumer, {
    ...{ bus, store, checkpoints, parkedStreams, clock: systemClock },
    parking: new Parking(runner, parkedStreams, systemClock),
    observer: {
      failed: (_consumer, error) => failures.push(error),
      parked: (_consumer, { error }) => failures.push(error),
      missed: () => {},
    },
  });
  const upkeep = new PeriodicTask(
    TEND_MS,
    () => subscription.tend(false),
    (error) => failures.push(error),
  );
  subscription.start();
  upkeep.start();
  let stopped = false;
  const done = () => subscription.status.eventsProcessed + subscription.status.eventsMissed;
  const until = async (events: number) => {
    while (done() < events && !stopped) {
      if (failures.length > 0) throw failures[0];
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  };
  return {
    processed: (events, longestMs) =>
      within(longestMs, `${events} events at ${consumer.name}`, until(events)),
    stop: async () => {
      stopped = true;
      await upkeep.stop();
      await subscription.stop();
      await bus.close();
      await Promise.all([store, checkpoints, parkedStreams, snapshots].map((each) => each.close()));
    },
  };
}
