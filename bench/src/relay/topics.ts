import { randomBytes } from 'node:crypto';
import { KafkaTopics } from '@imprest/message-bus-kafka';

export interface Topics {
  readonly brokers: readonly string[];
  /** Of topics that nobody else has. */
  readonly prefix: string;
}

/** Empty topics as the product makes them. */
export async function newTopics(brokers: readonly string[]): Promise<Topics> {
  const prefix = `bench-${randomBytes(6).toString('hex')}`;
  const topics = await KafkaTopics.connect({ brokers, prefix });
  try {
    await topics.create();
  } finally {
    await topics.close();
  }
  return { brokers, prefix };
}
