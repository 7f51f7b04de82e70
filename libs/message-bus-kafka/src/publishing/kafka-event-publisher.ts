import { type EventPublisher, EventPublisherUnavailable } from '@imprest/application';
import { type RecordedEvent, streamCategory } from '@imprest/event-catalogue';
import type { Message, TopicMessages } from 'kafkajs';
import { type KafkaConnection, KafkaDriver } from '../connection/kafka-connection.js';
import { toMessage } from '../messages/event-message.js';
import { topicName } from '../topics/topic-name.js';
import { ReplaceableProducer } from './replaceable-producer.js';

export interface KafkaPublisherOptions extends KafkaConnection {
  /** Longest wait for the brokers to confirm one request; 30,000 when absent. */
  readonly confirmTimeoutMs?: number;
}

/** Payload in one request: with keys and headers it stays below what a topic takes in one batch. */
const REQUEST_CHARACTERS = 2 * 1024 * 1024;

/** Writes events to the topic of their category, keyed by stream, and waits for all in-sync replicas. */
export class KafkaEventPublisher implements EventPublisher {
  private constructor(
    private readonly prefix: string,
    private readonly producer: ReplaceableProducer,
  ) {}

  /** Speaks to the brokers when it first has to: a standby starts without them. */
  static async connect(options: KafkaPublisherOptions): Promise<KafkaEventPublisher> {
    const driver = new KafkaDriver(options);
    const { confirmTimeoutMs = 30_000 } = options;
    const producer = new ReplaceableProducer(
      () => driver.producer(),
      confirmTimeoutMs,
      (error) => driver.observer.retrying?.('producer', error, 0),
    );
    return new KafkaEventPublisher(driver.prefix, producer);
  }

  async publish(events: readonly RecordedEvent[]): Promise<void> {
    for (const topicMessages of requests(this.prefix, events)) {
      try {
        await this.producer.send(topicMessages);
      } catch (error) {
        throw unavailable(error, topicMessages);
      }
    }
  }

  async close(): Promise<void> {
    await this.producer.close();
  }
}

/** In store order, and never so large that a topic refuses one of them for its size. */
function* requests(prefix: string, events: readonly RecordedEvent[]): Generator<TopicMessages[]> {
  let topics = new Map<string, Message[]>();
  let characters = 0;
  for (const event of events) {
    const message = toMessage(event);
    const size = message.value?.length ?? 0;
    if (characters > 0 && characters + size > REQUEST_CHARACTERS) {
      yield batch(topics);
      topics = new Map();
      characters = 0;
    }
    characters += size;
    const topic = topicName(prefix, streamCategory(event.stream));
    const messages = topics.get(topic);
    if (messages === undefined) topics.set(topic, [message]);
    else messages.push(message);
  }
  if (topics.size > 0) yield batch(topics);
}

function batch(topics: ReadonlyMap<string, Message[]>): TopicMessages[] {
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}

function unavailable(cause: unknown, topicMessages: readonly TopicMessages[]): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const topics = topicMessages.map(({ topic }) => topic).join(', ');
  const hint = /does not host this topic-partition|without metadata/.test(reason)
    ? '; `imprest topics create` makes missing topics'
    : '';
  return new EventPublisherUnavailable(`cannot write to ${topics}: ${reason}${hint}`, { cause });
}
