import { type EventPublisher, EventPublisherUnavailable } from '@imprest/application';
import { type RecordedEvent, streamCategory } from '@imprest/event-catalogue';
import type { Message, Producer, TopicMessages } from 'kafkajs';
import { type KafkaConnection, KafkaDriver } from '../connection/kafka-connection.js';
import { toMessage } from '../messages/event-message.js';
import { topicName } from '../topics/topic-name.js';

export interface KafkaPublisherOptions extends KafkaConnection {
  /** Longest wait for the brokers to confirm one request; 30,000 when absent. */
  readonly confirmTimeoutMs?: number;
}

/** Payload bytes in one request: with keys and headers it stays below what a topic takes in one batch. */
const REQUEST_BYTES = 2 * 1024 * 1024;
/** A new producer mends what the last one broke on; what it does not mend is not mended by another one. */
const PRODUCERS_TRIED = 2;

/**
 * Writes events to the topic of their category, keyed by stream, and waits for all in-sync replicas. Its
 * producer is idempotent, which keeps kafkajs' own retries in order; it is thrown away after any failure,
 * because one whose sequence is out of step never recovers.
 */
export class KafkaEventPublisher implements EventPublisher {
  private readonly driver: KafkaDriver;
  private readonly confirmTimeoutMs: number;
  private producer: Promise<Producer> | undefined;
  private closed = false;

  private constructor(options: KafkaPublisherOptions) {
    this.driver = new KafkaDriver(options);
    this.confirmTimeoutMs = options.confirmTimeoutMs ?? 30_000;
  }

  /** Speaks to the brokers when it first has to: a standby starts without them. */
  static async connect(options: KafkaPublisherOptions): Promise<KafkaEventPublisher> {
    return new KafkaEventPublisher(options);
  }

  async publish(events: readonly RecordedEvent[]): Promise<void> {
    for (const topicMessages of requests(this.driver.prefix, events)) {
      await this.send(topicMessages);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    const producer = await this.producer?.catch(() => undefined);
    await producer?.disconnect();
  }

  private async send(topicMessages: TopicMessages[]): Promise<void> {
    for (let tried = 1; ; tried += 1) {
      if (this.closed) throw new EventPublisherUnavailable('the publisher is closed');
      try {
        await this.confirmed(topicMessages);
        return;
      } catch (error) {
        this.discardProducer();
        if (tried === PRODUCERS_TRIED) throw unavailable(error, topicMessages);
        this.driver.observer.retrying?.('producer', error, 0);
      }
    }
  }

  private async confirmed(topicMessages: TopicMessages[]): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const give = () => reject(new Error(`not confirmed within ${this.confirmTimeoutMs} ms`));
      timer = setTimeout(give, this.confirmTimeoutMs);
    });
    const sending = this.connected().then((producer) =>
      producer.sendBatch({ acks: -1, timeout: this.confirmTimeoutMs, topicMessages }),
    );
    try {
      await Promise.race([sending, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private connected(): Promise<Producer> {
    this.producer ??= this.connect();
    return this.producer;
  }

  private async connect(): Promise<Producer> {
    const producer = this.driver.producer();
    try {
      await producer.connect();
      return producer;
    } catch (error) {
      await producer.disconnect().catch(() => undefined);
      throw error;
    }
  }

  private discardProducer(): void {
    const { producer } = this;
    this.producer = undefined;
    producer?.then((discarded) => discarded.disconnect()).catch(() => undefined);
  }
}

/** In store order, and never so large that a topic refuses one of them for its size. */
function* requests(prefix: string, events: readonly RecordedEvent[]): Generator<TopicMessages[]> {
  let topics = new Map<string, Message[]>();
  let bytes = 0;
  for (const event of events) {
    const message = toMessage(event);
    const size = message.value?.length ?? 0;
    if (bytes > 0 && bytes + size > REQUEST_BYTES) {
      yield batch(topics);
      topics = new Map();
      bytes = 0;
    }
    bytes += size;
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
