import { EventRelay, systemClock } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { PostgresLocks } from '@imprest/exclusive-locks-postgres';
import { KafkaEventPublisher } from '@imprest/message-bus-kafka';
import { PostgresRelayPosition } from '@imprest/read-models';
import { within } from '../harness/within.js';
import type { Topics } from './topics.js';

const FIRST_MS = 30_000;
const LONGEST_MS = 60_000;

/** What comes by on the way to the brokers. */
export interface RelayWatch {
  /** Read from the store, on the way to the brokers. */
  read(events: readonly RecordedEvent[]): void;
  confirmed(events: readonly RecordedEvent[]): void;
}

const unwatched: RelayWatch = { read: () => {}, confirmed: () => {} };

export interface RunningRelay {
  readonly relay: EventRelay;
  /** Resolves when everything up to a position was confirmed. */
  reached(position: bigint): Promise<void>;
  stop(): Promise<void>;
}

/** The product's relay with engines of its own, as a process of the product has it. */
export async function startRelay(
  connectionString: string,
  topics: Topics,
  watch = unwatched,
): Promise<RunningRelay> {
  const store = await PostgresEventStore.connect({ connectionString });
  const kafka = await KafkaEventPublisher.connect(topics);
  const publisher = {
    publish: async (events: readonly RecordedEvent[]) => {
      watch.read(events);
      await kafka.publish(events);
      watch.confirmed(events);
    },
    close: () => kafka.close(),
  };
  const locks = new PostgresLocks({ connectionString });
  const position = new PostgresRelayPosition({ connectionString });
  await position.rewind(0n);
  const waiting = new Map<() => void, bigint>();
  const tell = (reached: bigint) => {
    for (const [resolve, wanted] of waiting) if (reached >= wanted) resolve();
  };
  const relay = new EventRelay({
    ...{ store, publisher, locks, position, clock: systemClock },
    observer: { published: (_events, reached) => tell(reached) },
  });
  relay.start();
  return {
    relay,
    reached: (wanted) => new Promise((resolve) => waiting.set(resolve, wanted)),
    stop: async () => {
      await relay.stop();
      await locks.close();
      await Promise.all([publisher.close(), position.close(), store.close()]);
    },
  };
}

/** Relays the first `events` events of the store. Answers events a second. */
export async function relayEvents(
  connectionString: string,
  topics: Topics,
  events: number,
): Promise<number> {
  // The first event pays for connections, the election and the producer's id.
  const running = await startRelay(connectionString, topics);
  await within(FIRST_MS, 'the first event', running.reached(1n));
  const startMs = performance.now();
  await within(LONGEST_MS, `relay of ${events} events`, running.reached(BigInt(events)));
  const seconds = (performance.now() - startMs) / 1000;
  const { failures, eventsPublished } = running.relay.status;
  await running.stop();
  if (failures > 0) throw new Error(`the relay failed ${failures} times`);
  if (eventsPublished < events) throw new Error(`${eventsPublished} of ${events} were relayed`);
  return events / seconds;
}
