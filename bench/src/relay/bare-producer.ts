import { type RecordedEvent, streamCategory } from '@imprest/event-catalogue';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { toMessage, topicName } from '@imprest/message-bus-kafka';
import { Kafka, logLevel, type Message, Partitioners, type TopicMessages } from 'kafkajs';
import { within } from '../harness/within.js';
import type { Topics } from './topics.js';

/** As many as the relay hands over at once. */
const BATCH_EVENTS = 1_000;
const LONGEST_MS = 60_000;

/**
 * What kafkajs can do by itself: the very messages of the relay, in its batches, made before the clock
 * starts and sent by an idempotent producer. Nobody reads a store, nobody remembers how far it is.
 */
export async function sendBare(
  connectionString: string,
  { brokers, prefix }: Topics,
  events: number,
): Promise<number> {
  const batches = await messages(connectionString, prefix, events);
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.ERROR });
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  const [first = []] = batches;
  await producer.sendBatch({ acks: -1, topicMessages: first });
  const startMs = performance.now();
  const sending = (async () => {
    for (const topicMessages of batches) await producer.sendBatch({ acks: -1, topicMessages });
  })();
  await within(LONGEST_MS, `sending ${events} events`, sending);
  const seconds = (performance.now() - startMs) / 1000;
  await producer.disconnect();
  return events / seconds;
}

async function messages(connectionString: string, prefix: string, events: number) {
  const store = await PostgresEventStore.connect({ connectionString });
  const batches: TopicMessages[][] = [];
  const pages = store.readAll({ after: 0n, upTo: BigInt(events), pageSize: BATCH_EVENTS });
  for await (const page of pages) batches.push(byTopic(prefix, page));
  await store.close();
  return batches;
}

function byTopic(prefix: string, page: readonly RecordedEvent[]): TopicMessages[] {
  const topics = new Map<string, Message[]>();
  for (const event of page) {
    const topic = topicName(prefix, streamCategory(event.stream));
    const known = topics.get(topic);
    if (known === undefined) topics.set(topic, [toMessage(event)]);
    else known.push(toMessage(event));
  }
  return [...topics].map(([topic, ofTopic]) => ({ topic, messages: ofTopic }));
}
