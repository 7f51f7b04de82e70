import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { DeliveredBatch } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { Kafka, logLevel } from 'kafkajs';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { toMessage } from '../messages/event-message.js';
import { KafkaEventPublisher } from '../publishing/kafka-event-publisher.js';
import { KafkaTopics } from '../topics/kafka-topics.js';
import { KafkaMessageBus } from './kafka-message-bus.js';

const SESSION_MS = 2_000;
const PARTITIONS = 4;

let connection: { brokers: readonly string[]; prefix: string; sessionTimeoutMs: number };
let publisher: KafkaEventPublisher;
let bus: KafkaMessageBus;
let batches: DeliveredBatch[];
let children: ChildProcess[];

const ids = () => batches.flatMap(({ events }) => events.map(({ eventId }) => eventId));
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 30_000, interval: 20 });

function anEvent(stream: number, revision = 0, text = ''): RecordedEvent {
  const metadata = { correlationId: 'c', causationId: 'c', occurredAt: '2026-01-15T09:00:00Z' };
  return {
    ...{ eventId: `${stream}/${revision}`, type: 'JobQueued', version: 1, data: { text } },
    ...{ stream: `job-${stream}`, revision, position: 1n, recordedAt: new Date(0) },
    metadata: { ...metadata, actor: { kind: 'system', id: 'test' } },
  };
}

const many = (count: number, revision = 0) =>
  Array.from({ length: count }, (_, index) => anEvent(index, revision));

function consume(work: () => Promise<void> = async () => {}, by = bus) {
  const loadPosition = async () => 0n;
  const options = { consumer: 'reader', categories: ['job'], loadPosition };
  return by.consume(options, async (batch) => {
    await work();
    batches.push(batch);
  });
}

async function produce(value: string, headers: Record<string, string>): Promise<void> {
  const kafka = new Kafka({ brokers: [...connection.brokers], logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  const messages = [{ key: 'job-0', value, headers }];
  await producer.send({ topic: `${connection.prefix}.job`, messages });
  await producer.disconnect();
}

beforeEach(async () => {
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  connection = { brokers: inject('kafkaBrokers'), prefix, sessionTimeoutMs: SESSION_MS };
  const topics = await KafkaTopics.connect(connection);
  await topics.create({ partitions: PARTITIONS });
  await topics.close();
  publisher = await KafkaEventPublisher.connect(connection);
  bus = await KafkaMessageBus.connect(connection);
  batches = [];
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await bus.close();
  await publisher.close();
});

describe('a member', () => {
  test('gets what all partitions hold in one batch', async () => {
    await publisher.publish(many(40));
    consume();
    await until(() => ids().length === 40);
    expect(batches).toHaveLength(1);
    expect(batches[0]).toMatchObject({ progress: { kind: 'revisions' }, caughtUp: true });
  });

  test('may work for longer than its session lasts, and is not taken for dead', async () => {
    await publisher.publish(many(8));
    const working = vi.fn(() => delay(2.5 * SESSION_MS));
    consume(working);
    await until(() => working.mock.calls.length > 0);
    const other = await KafkaMessageBus.connect(connection);
    consume(async () => {}, other);
    await until(() => ids().length >= 8);
    await delay(SESSION_MS);
    await other.close();
    expect(ids().toSorted()).toEqual(many(8).map(({ eventId }) => eventId));
  });

  test('that freezes for longer than its session comes back, and nothing is lost', async () => {
    const { brokers, prefix } = connection;
    const args = [brokers.join(','), prefix, String(SESSION_MS), 'reader', 'job'];
    const file = new URL('../processes/consumer.mjs', import.meta.url);
    const frozen = fork(file, args, { execArgv: [] });
    children.push(frozen);
    const consumed: string[] = [];
    frozen.on('message', (some: string[]) => consumed.push(...some));
    await once(frozen, 'message');
    await publisher.publish(many(20));
    await until(() => consumed.length === 20);
    frozen.kill('SIGSTOP');
    const survivor = consume();
    await publisher.publish(many(20, 1));
    await until(() => new Set(ids()).size >= 20);
    frozen.kill('SIGCONT');
    await publisher.publish(many(20, 2));
    await until(() => new Set([...ids(), ...consumed]).size === 60);
    await survivor.close();
    await publisher.publish(many(20, 3));
    await until(() => consumed.filter((id) => id.endsWith('/3')).length >= 20);
  });

  test('passes over what the product did not write, and tells of it', async () => {
    const ignored = vi.fn();
    const told = await KafkaMessageBus.connect({ ...connection, observer: { ignored } });
    await produce('hello', { from: 'somewhere else' });
    await publisher.publish([anEvent(0)]);
    consume(async () => {}, told);
    await until(() => ids().length === 1);
    expect(ignored).toHaveBeenCalledWith(`${connection.prefix}.job`, expect.any(Number), '0');
    await told.close();
  });

  test('stops at a message that says it is an event and is none, after what else there was', async () => {
    await publisher.publish(many(20));
    const headers = toMessage(anEvent(0, 1)).headers as Record<string, string>;
    await produce('{', headers);
    const subscription = consume();
    await expect(subscription.ended).rejects.toThrow(/job, partition \d, offset \d+: .*JSON/);
    expect(ids()).toHaveLength(20);
  });
});

test('events of megabytes arrive', async () => {
  const text = 'x'.repeat(1_500_000);
  await publisher.publish([anEvent(1, 0, text), anEvent(1, 1, text), anEvent(1, 2, text)]);
  consume();
  await until(() => ids().length === 3);
  expect(ids()).toEqual(['1/0', '1/1', '1/2']);
});

test('a bus waits for brokers that are not there, and is closed meanwhile', async () => {
  const retrying = vi.fn();
  const nowhere = { ...connection, brokers: ['127.0.0.1:1'], observer: { retrying } };
  const waiting = await KafkaMessageBus.connect(nowhere);
  const subscription = consume(async () => {}, waiting);
  await until(() => retrying.mock.calls.length > 0);
  expect(retrying).toHaveBeenCalledWith('consumer reader', expect.any(Error), 200);
  await waiting.close();
  await expect(subscription.ended).resolves.toBeUndefined();
});
