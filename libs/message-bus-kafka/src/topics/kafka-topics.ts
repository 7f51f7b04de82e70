import type { Admin, ITopicMetadata } from 'kafkajs';
import { type KafkaConnection, KafkaDriver } from '../connection/kafka-connection.js';
import { CATEGORIES, topicName } from './topic-name.js';

export interface TopicFacts {
  readonly topic: string;
  /** 0: there is no such topic. */
  readonly partitions: number;
  readonly replicas: number;
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
    const known = await this.list();
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
    const existing = new Set(await this.admin.listTopics());
    const wanted = CATEGORIES.map((category) => topicName(this.prefix, category));
    const found = wanted.filter((topic) => existing.has(topic));
    const { topics } =
      found.length === 0 ? { topics: [] } : await this.admin.fetchTopicMetadata({ topics: found });
    const metadata = new Map(topics.map((each) => [each.name, each]));
    return Promise.all(wanted.map((topic) => this.facts(topic, metadata.get(topic))));
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
  }

  private async facts(topic: string, metadata: ITopicMetadata | undefined): Promise<TopicFacts> {
    if (metadata === undefined) return { topic, partitions: 0, replicas: 0, messages: 0n };
    const offsets = await this.admin.fetchTopicOffsets(topic);
    const messages = offsets.reduce((sum, { high, low }) => sum + BigInt(high) - BigInt(low), 0n);
    const [first] = metadata.partitions;
    const replicas = first?.replicas.length ?? 0;
    return { topic, partitions: metadata.partitions.length, replicas, messages };
  }

  private async make(topics: readonly string[], numPartitions: number, replicas?: number) {
    const { brokers } = await this.admin.describeCluster();
    const replicationFactor = replicas ?? Math.min(MOST_REPLICAS, brokers.length);
    const configuration = { ...CONFIGURATION, 'min.insync.replicas': insync(replicationFactor) };
    const configEntries = Object.entries(configuration).map(([name, value]) => ({ name, value }));
    await this.admin.createTopics({
      waitForLeaders: true,
      topics: topics.map((topic) => ({ topic, numPartitions, replicationFactor, configEntries })),
    });
  }
}

/** One replica may be away without anything being lost or refused. */
function insync(replicas: number): string {
  return String(Math.max(1, replicas - 1));
}
