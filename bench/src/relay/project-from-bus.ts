import {
  DeciderRunner,
  type MessageBus,
  Parking,
  SubscriptionRunner,
  systemClock,
} from '@imprest/application';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { DirectMessageBus } from '@imprest/message-bus-direct';
import { KafkaMessageBus } from '@imprest/message-bus-kafka';
import {
  journalProjector,
  PostgresCheckpointStore,
  PostgresParkedStreams,
  PostgresSnapshotStore,
} from '@imprest/read-models';
import { Client } from 'pg';
import type { Topics } from './topics.js';

const LOOK_MS = 10;
const LONGEST_MS = 600_000;

/**
 * Projects the journal of a history as the ledger does, from Kafka when there are topics and straight from
 * the store when there are none. Answers events a second, of joining and reading included.
 */
export async function projectFromBus(
  connectionString: string,
  topics: Topics | undefined,
  events: number,
): Promise<number> {
  await emptyBooks(connectionString);
  const store = await PostgresEventStore.connect({ connectionString });
  const bus: MessageBus = topics
    ? await KafkaMessageBus.connect(topics)
    : new DirectMessageBus(store, connectionString);
  const checkpoints = new PostgresCheckpointStore({ connectionString });
  const parkedStreams = new PostgresParkedStreams({ connectionString });
  const snapshots = new PostgresSnapshotStore({ connectionString });
  const runner = new DeciderRunner({ store, snapshots, clock: systemClock });
  const failures: unknown[] = [];
  const subscription = new SubscriptionRunner(journalProjector, {
    ...{ bus, store, checkpoints, parkedStreams, clock: systemClock },
    parking: new Parking(runner, parkedStreams, systemClock),
    observer: {
      failed: (_consumer, error) => failures.push(error),
      parked: (_consumer, { error }) => failures.push(error),
      missed: () => {},
    },
  });
  const startMs = performance.now();
  subscription.start();
  while (subscription.status.eventsProcessed < events) {
    if (failures.length > 0) throw failures[0];
    if (performance.now() - startMs > LONGEST_MS) throw new Error('the projection does not end');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  const seconds = (performance.now() - startMs) / 1000;
  await subscription.stop();
  await bus.close();
  await Promise.all([store, checkpoints, parkedStreams, snapshots].map((each) => each.close()));
  await verifyBooks(connectionString, events);
  return events / seconds;
}

async function emptyBooks(connectionString: string): Promise<void> {
  await ask(
    connectionString,
    'truncate ledger.entries, ledger.balances, ledger.lots, ledger.token_accounts, read_models.checkpoints, read_models.inbox',
  );
}

/** @throws Error when an event is missing or the books do not sum to zero */
async function verifyBooks(connectionString: string, events: number): Promise<void> {
  const [found] = await ask<{ entries: string; sum: string }>(
    connectionString,
    `select (select count(*) from ledger.entries) as entries,
            (select coalesce(sum(tokens), 0) from ledger.balances) as sum`,
  );
  if (Number(found?.entries) !== events) throw new Error(`${events} events, not in the books`);
  if (found?.sum !== '0') throw new Error(`the books miss zero by ${found?.sum}`);
}

async function ask<Row extends object>(connectionString: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
