import { setTimeout as delay } from 'node:timers/promises';
import type { Admin, KafkaJSError } from 'kafkajs';
import { type KafkaConnection, KafkaDriver } from '../connection/kafka-connection.js';
import { CATEGORIES, topicName } from './topic-name.js';

interface KnownTopic {
  readonly topic: string;
  /** 0: there is no such topic. */
  readonly partitions: number;
  readonly replicas: number;
}

export interface TopicFacts extends KnownTopic {
  /** Messages in it, duplicates included. */
  readonly messages: bigint;
}

export interface CreateTopicsOptions {
  /** Of each topic, for ever: a stream stays in its partition only while their number stays. 12 when absent. */
  readonly partitions?: number;
  /** The smaller of 3 and the number of brokers when absent. */
  readonly replicas?: number;
}

export interface CreatedTopics {
  readonly created: readonly string[];
  readonly existing: readonly string[];
}

export class TopicPartitionsDiffer extends Error {
  override readonly name = 'TopicPartitionsDiffer';
}

const PARTITIONS = 12;
const MOST_REPLICAS = 3;

/** Nothing expires: a consumer that is added later reads a topic from its beginning. */
const CONFIGURATION = {
  'cleanup.policy': 'delete',
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'max.message.bytes': String(8 * 1024 * 1024),
};

/** The topics of the product: one for each category of streams, made on demand and never changed. */
export class KafkaTopics {
  private constructor(
    private readonly prefix: string,
    private readonly admin: Admin,
  ) {}

  /** @throws KafkaJSError when no broker answers */
  static async connect(connection: KafkaConnection): Promise<KafkaTopics> {
    const driver = new KafkaDriver(connection);
    const admin = driver.admin();
    try {
      await admin.connect();
    } catch (error) {
      await admin.disconnect().catch(() => undefined);
      throw error;
    }
    return new KafkaTopics(driver.prefix, admin);
  }

  /**
   * Makes the topics that are missing. @throws TopicPartitionsDiffer, before anything is made, when one has
   * another number of partitions: changing it would tear streams apart.
   */
  async create(options: CreateTopicsOptions = {}): Promise<CreatedTopics> {
    const { partitions = PARTITIONS } = options;
    const known = await this.known();
    const differing = known.filter((each) => each.partitions > 0 && each.partitions !== partitions);
    if (differing.length > 0) {
      const found = differing.map((each) => `${each.topic} has ${each.partitions}`).join(', ');
      throw new TopicPartitionsDiffer(
        `topics have ${partitions} partitions or are left as they are: ${found}; ` +
          'the order within streams would be lost',
      );
    }
    const created = known.filter((each) => each.partitions === 0).map(({ topic }) => topic);
    const existing = known.filter((each) => each.partitions > 0).map(({ topic }) => topic);
    if (created.length > 0) await this.make(created, partitions, options.replicas);
    return { created, existing };
  }

  /** Every topic the product needs, whether it exists or not. */
  async list(): Promise<readonly TopicFacts[]> {
    const known = await this.known();
    return Promise.all(
      known.map(async (topic) => ({ ...topic, messages: await this.messages(topic) })),
    );
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
  }

  private async known(): Promise<readonly KnownTopic[]> {
    const existing = new Set(await this.admin.listTopics());
    const wanted = CATEGORIES.map((category) => topicName(this.prefix, category));
    const found = wanted.filter((topic) => existing.has(topic));
    const { topics } =
      found.length === 0 ? { topics: [] } : await this.admin.fetchTopicMetadata({ topics: found });
    const partitions = new Map(topics.map((each) => [each.name, each.partitions]));
    return wanted.map((topic) => {
      const ofTopic = partitions.get(topic) ?? [];
      return { topic, partitions: ofTopic.length, replicas: ofTopic[0]?.replicas.length ?? 0 };
    });
  }

  private async messages({ topic, partitions }: KnownTopic): Promise<bigint> {
    if (partitions === 0) return 0n;
    const offsets = await whenLed(() => this.admin.fetchTopicOffsets(topic));
    return offsets.reduce((sum, { high, low }) => sum + BigInt(high) - BigInt(low), 0n);
  }

  private async make(topics: readonly string[], numPartitions: number, replicas?: number) {
    const { brokers } = await this.admin.describeCluster();
    const replicationFactor = replicas ?? Math.min(MOST_REPLICAS, brokers.length);
    const configuration = { ...CONFIGURATION, 'min.insync.replicas': insync(replicationFactor) };
    const configEntries = Object.entries(configuration).map(([name, value]) => ({ name, value }));
    await this.admin.createTopics({
      // kafkajs waits until each topic is known, and fails at the first look that comes too early.
      waitForLeaders: false,
      topics: topics.map((topic) => ({ topic, numPartitions, replicationFactor, configEntries })),
    });
    await Promise.all(topics.map((topic) => whenLed(() => this.admin.fetchTopicOffsets(topic))));
  }
}

/** One replica may be away without anything being lost or refused. */
function insync(replicas: number): string {
  return String(Math.max(1, replicas - 1));
}

const LEADER_LOOKS = 25;
const LEADER_LOOK_MS = 200;

/** A partition that was just made, or whose broker has just gone, is without a leader for a moment. */
async function whenLed<T>(ask: () => Promise<T>): Promise<T> {
  for (let look = 1; ; look += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error as KafkaJSError).retriable || look === LEADER_LOOKS) throw error;
      await delay(LEADER_LOOK_MS);
    }
  }
}
