import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { KafkaMessageBus } from '../consuming/kafka-message-bus.js';
import { KafkaEventPublisher } from '../publishing/kafka-event-publisher.js';
import { KafkaTopics, TopicPartitionsDiffer } from './kafka-topics.js';
import { CATEGORIES } from './topic-name.js';

let prefix: string;
let topics: KafkaTopics;

beforeEach(async () => {
  prefix = `test-${randomBytes(6).toString('hex')}`;
  topics = await KafkaTopics.connect({ brokers: inject('kafkaBrokers'), prefix });
});
afterEach(() => topics.close());

describe('creating topics', () => {
  test('makes one for each category, with the partitions asked for', async () => {
    const { created, existing } = await topics.create({ partitions: 2 });
    expect(created).toEqual(CATEGORIES.map((category) => `${prefix}.${category}`));
    expect(existing).toEqual([]);
    expect(await topics.list()).toEqual(
      created.map((topic) => ({ topic, partitions: 2, replicas: 1, messages: 0n })),
    );
  });

  test('a second time makes nothing', async () => {
    const { created } = await topics.create({ partitions: 1 });
    expect(await topics.create({ partitions: 1 })).toEqual({ created: [], existing: created });
  });

  test('with other partitions is refused, and says what is there', async () => {
    await topics.create({ partitions: 1 });
    const creating = topics.create({ partitions: 4 });
    await expect(creating).rejects.toThrow(TopicPartitionsDiffer);
    await expect(creating).rejects.toThrow(`${prefix}.tokenAccount has 1`);
    expect((await topics.list()).every(({ partitions }) => partitions === 1)).toBe(true);
  });
});

describe('without topics', () => {
  test('a list shows what is missing', async () => {
    const found = await topics.list();
    expect(found.map(({ partitions }) => partitions)).toEqual(CATEGORIES.map(() => 0));
  });

  test('a bus is not well, and says what to do', async () => {
    const bus = await KafkaMessageBus.connect({ brokers: inject('kafkaBrokers'), prefix });
    await expect(bus.check()).rejects.toThrow(/tokenAccount.*imprest topics create/);
    await topics.create({ partitions: 1 });
    expect(await bus.check()).toContain('has all topics');
    await bus.close();
  });

  test('publishing fails, makes none, and says what to do', async () => {
    const connection = { brokers: inject('kafkaBrokers'), prefix, confirmTimeoutMs: 1_000 };
    const publisher = await KafkaEventPublisher.connect(connection);
    const metadata = { correlationId: 'c', causationId: 'c', occurredAt: '2026-01-15T09:00:00Z' };
    const event = {
      ...{ eventId: '1', type: 'JobQueued', version: 1, data: {}, stream: 'job-1', revision: 0 },
      ...{ position: 1n, recordedAt: new Date(0) },
      metadata: { ...metadata, actor: { kind: 'system', id: 'test' } as const },
    };
    await expect(publisher.publish([event])).rejects.toMatchObject({
      name: 'EventPublisherUnavailable',
      message: expect.stringContaining(`cannot write to ${prefix}.job`),
    });
    await publisher.close();
    expect((await topics.list()).every(({ partitions }) => partitions === 0)).toBe(true);
  });
});
