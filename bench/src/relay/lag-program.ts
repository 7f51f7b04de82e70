import { type MessageBus, START_OF_STORE } from '@imprest/application';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { DirectMessageBus } from '@imprest/message-bus-direct';
import { KafkaMessageBus } from '@imprest/message-bus-kafka';
import { serve } from '../harness/serve.js';
import { percentile } from '../harness/statistics.js';
import { startRelay } from './relay-events.js';
import type { Topics } from './topics.js';

export interface LagCommand {
  readonly topics?: Topics;
  /** Events before those that count. */
  readonly warmUp: number;
  readonly events: number;
}

export interface LagAnswer {
  readonly ready: boolean;
  readonly p50: number;
  readonly p99: number;
}

const connectionString = process.env.DATABASE_URL as string;

async function openBus(store: PostgresEventStore, topics: Topics | undefined) {
  if (topics === undefined) {
    const bus: MessageBus = new DirectMessageBus(store, connectionString);
    return { bus, close: async () => {} };
  }
  // Where the consumer runs, as in the ledger: what the relay costs is felt here.
  const relay = await startRelay(connectionString, topics);
  return { bus: await KafkaMessageBus.connect(topics), close: () => relay.stop() };
}

/** Ages of events in ms when they reach a handler, from the moment the store knew them. */
async function measure({ topics, warmUp, events }: LagCommand): Promise<LagAnswer> {
  const store = await PostgresEventStore.connect({ connectionString });
  const { bus, close } = await openBus(store, topics);
  const ages = new Float64Array(events);
  let seen = 0;
  await new Promise<void>((resolve, reject) => {
    const loadPosition = async () => START_OF_STORE;
    const options = { consumer: 'reader', categories: ['tokenAccount'], loadPosition };
    const subscription = bus.consume(options, async (batch) => {
      const nowMs = Date.now();
      for (const { recordedAt } of batch.events) {
        const index = seen++ - warmUp;
        if (index >= 0 && index < events) ages[index] = nowMs - recordedAt.getTime();
      }
      if (seen >= warmUp + events) resolve();
    });
    subscription.ended.catch(reject);
  });
  await bus.close();
  await close();
  await store.close();
  ages.sort();
  return { ready: true, p50: percentile(ages, 0.5), p99: percentile(ages, 0.99) };
}

serve<LagCommand, LagAnswer>({ ready: true, p50: 0, p99: 0 }, measure);
