import {
  type ConsumeOptions,
  type DeliveredBatch,
  type MessageBus,
  OpenSubscriptions,
  pause,
  type Subscription,
} from '@imprest/application';
import {
  type ConsumerTiming,
  type KafkaConnection,
  KafkaDriver,
  TIMING,
} from '../connection/kafka-connection.js';
import { KafkaTopics } from '../topics/kafka-topics.js';
import { GroupMember } from './group-member.js';

export interface KafkaMessageBusOptions extends KafkaConnection, Partial<ConsumerTiming> {}

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5_000;

/**
 * Each consumer is a group: the processes that run it share its partitions and take over from each other.
 * Kafka keeps how far each partition was delivered; what to make of events that come twice is the consumer's.
 */
export class KafkaMessageBus implements MessageBus {
  readonly progress = 'revisions';
  private readonly driver: KafkaDriver;
  private readonly timing: ConsumerTiming;
  private readonly subscriptions = new OpenSubscriptions();

  private constructor(private readonly options: KafkaMessageBusOptions) {
    this.driver = new KafkaDriver(options);
    this.timing = { ...TIMING, ...definedOf(options) };
  }

  /** Speaks to the brokers when something is consumed: one that is away is waited for. */
  static async connect(options: KafkaMessageBusOptions): Promise<KafkaMessageBus> {
    return new KafkaMessageBus(options);
  }

  consume(
    options: ConsumeOptions,
    onBatch: (batch: DeliveredBatch) => Promise<void>,
  ): Subscription {
    return this.subscriptions.begin((signal) => this.follow(options, onBatch, signal));
  }

  /** Whether the brokers answer and have all topics, for people. @throws Error that says what is wrong */
  async check(): Promise<string> {
    const topics = await KafkaTopics.connect(this.options);
    try {
      const missing = (await topics.list()).filter(({ partitions }) => partitions === 0);
      if (missing.length === 0) return 'answers, has all topics';
      const names = missing.map(({ topic }) => topic).join(', ');
      throw new Error(`topics are missing: ${names}; \`imprest topics create\` makes them`);
    } finally {
      await topics.close();
    }
  }

  async close(): Promise<void> {
    await this.subscriptions.close();
  }

  private async follow(
    options: ConsumeOptions,
    onBatch: (batch: DeliveredBatch) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!signal.aborted) {
      const member = new GroupMember(this.driver, options, this.timing, onBatch);
      const leave = () => void member.leave();
      signal.addEventListener('abort', leave, { once: true });
      const end = await member.ended;
      signal.removeEventListener('abort', leave);
      if (end.kind === 'failed') throw end.error;
      if (end.kind === 'left') return;
      if (member.hasJoined) retryMs = FIRST_RETRY_MS;
      const { observer } = this.driver;
      observer.retrying?.(`consumer ${options.consumer}`, end.error, retryMs);
      await pause(retryMs, signal);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    }
  }
}

function definedOf(options: Partial<ConsumerTiming>): Partial<ConsumerTiming> {
  const names = ['sessionTimeoutMs', 'rebalanceTimeoutMs', 'longestFetchMs'] as const;
  const set = names.filter((name) => options[name] !== undefined);
  return Object.fromEntries(set.map((name) => [name, options[name]]));
}
