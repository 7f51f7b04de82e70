import { setTimeout as delay } from 'node:timers/promises';
import { type ConsumeOptions, NO_STREAM, type Subscription } from '@imprest/application';
import type { EventEnvelope } from '@imprest/event-catalogue';
import {
  gate,
  InMemoryCheckpointStore,
  InMemoryEventLog,
  InMemoryEventStore,
} from '@imprest/testkit';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DirectMessageBus } from './direct-message-bus.js';

let database: TestDatabase;
let log: InMemoryEventLog;
let checkpoints: InMemoryCheckpointStore;
let buses: DirectMessageBus[];
/** Streams consumed, by whom. */
let consumed: { readonly by: string; readonly stream: string }[];

function envelope(eventId: string): EventEnvelope {
  const actor = { kind: 'system', id: 'test' } as const;
  const metadata = { correlationId: 'c', causationId: 'c', occurredAt: '2026-01-15T09:00:00.000Z' };
  return { eventId, type: 'Happened', version: 1, data: {}, metadata: { ...metadata, actor } };
}

async function happen(...names: readonly string[]): Promise<void> {
  const store = new InMemoryEventStore(log);
  for (const name of names) {
    const events = [envelope(name)];
    await store.append([{ stream: `thing-${name}`, expectedRevision: NO_STREAM, events }]);
  }
}

/** A bus as another process has it: its own connections, the same log and checkpoints. */
function process(): DirectMessageBus {
  const bus = new DirectMessageBus(new InMemoryEventStore(log), database.url);
  buses.push(bus);
  return bus;
}

function follow(
  bus: DirectMessageBus,
  by: string,
  overrides: Partial<ConsumeOptions> = {},
  work: () => Promise<void> = async () => undefined,
): Subscription {
  const consumer = overrides.consumer ?? 'reader';
  const loadPosition = () => checkpoints.load(consumer);
  const options = { consumer, categories: ['thing'], loadPosition, ...overrides };
  return bus.consume(options, async ({ events, progress }) => {
    await work();
    consumed.push(...events.map(({ stream }) => ({ by, stream })));
    if (progress.kind === 'position') await checkpoints.save(consumer, progress.position);
  });
}

const consumedBy = (by: string) =>
  consumed.filter((each) => each.by === by).map(({ stream }) => stream.slice('thing-'.length));
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 10_000, interval: 20 });

async function ask<Row>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Ends the session that holds a consumer's name, as a failing network or server would. */
const killHolder = () =>
  ask(`select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory' and granted
          and database = (select oid from pg_database where datname = current_database())`);

beforeEach(async () => {
  database = await createTestDatabase();
  log = new InMemoryEventLog();
  checkpoints = new InMemoryCheckpointStore();
  buses = [];
  consumed = [];
});

afterEach(async () => {
  await Promise.all(buses.map((bus) => bus.close()));
  await database.drop();
});

describe('of two processes with one consumer', () => {
  test('one consumes and the other stands by', async () => {
    follow(process(), 'first');
    await happen('a');
    await until(() => consumed.length === 1);
    follow(process(), 'second');
    await happen('b', 'c');
    await until(() => consumed.length === 3);
    await delay(1_200);
    expect(consumedBy('first')).toEqual(['a', 'b', 'c']);
    expect(consumedBy('second')).toEqual([]);
  });

  test('the other takes over where the first has got to when it closes', async () => {
    const first = process();
    follow(first, 'first');
    await happen('a', 'b');
    await until(() => consumed.length === 2);
    follow(process(), 'second');
    await first.close();
    await happen('c');
    await until(() => consumed.length === 3);
    expect(consumedBy('second')).toEqual(['c']);
  });

  test('the other takes over when the session of the first is killed, and the first after it again', async () => {
    const finish = gate();
    const first = process();
    let busy = false;
    follow(first, 'first', {}, () => {
      busy = true;
      return finish.opened;
    });
    await happen('a');
    await until(() => busy);
    const second = process();
    follow(second, 'second');
    await delay(100);
    await killHolder();
    await until(() => consumedBy('second').includes('a'));
    finish.open();
    await happen('b');
    await until(() => consumedBy('second').includes('b'));
    await second.close();
    await happen('c');
    await until(() => consumedBy('first').includes('c'));
    // What the first was busy with came twice; nothing else did, and nothing is missing.
    expect(consumedBy('first').toSorted()).toEqual(['a', 'c']);
    expect(consumedBy('second')).toEqual(['a', 'b']);
  });

  test('a killed session is replaced as often as it is killed', async () => {
    follow(process(), 'first');
    follow(process(), 'second');
    for (let round = 0; round < 5; round += 1) {
      await happen(`round ${round}`);
      await until(() => consumed.length === round + 1);
      await killHolder();
    }
    await happen('last');
    await until(() => consumed.length === 6);
  });

  test('the checkpoint is asked for by whoever holds the name, and only then', async () => {
    const loads: string[] = [];
    const loading = (by: string) => ({
      loadPosition: async () => {
        loads.push(by);
        return checkpoints.load('reader');
      },
    });
    const first = follow(process(), 'first', loading('first'));
    await until(() => loads.length === 1);
    follow(process(), 'second', loading('second'));
    await happen('a', 'b', 'c');
    await until(() => consumed.length === 3);
    await delay(1_200);
    expect(loads).toEqual(['first']);
    await first.close();
    await until(() => loads.length === 2);
    expect(loads).toEqual(['first', 'second']);
    await happen('d');
    await until(() => consumed.length === 4);
    expect(consumedBy('second')).toEqual(['d']);
  });

  test('a failing handler ends its subscription with its error, and the other goes on from the checkpoint', async () => {
    const first = follow(process(), 'first', {}, async () => {
      throw new Error('no room');
    });
    await happen('a');
    await expect(first.ended).rejects.toThrow('no room');
    follow(process(), 'second');
    await until(() => consumed.length === 1);
    expect(consumedBy('second')).toEqual(['a']);
  });
});

test('consumers of different names do not wait for each other', async () => {
  const bus = process();
  follow(bus, 'reader');
  follow(bus, 'writer', { consumer: 'writer' });
  await happen('a');
  await until(() => consumed.length === 2);
  expect([consumedBy('reader'), consumedBy('writer')]).toEqual([['a'], ['a']]);
});

test('a name is taken once within one process too', async () => {
  const bus = process();
  const first = follow(bus, 'first');
  await happen('a');
  await until(() => consumed.length === 1);
  follow(bus, 'second');
  await happen('b');
  await until(() => consumed.length === 2);
  await first.close();
  await happen('c');
  await until(() => consumed.length === 3);
  expect([consumedBy('first'), consumedBy('second')]).toEqual([['a', 'b'], ['c']]);
});

test('closing waits for the running handler, and a standby is closed at once', async () => {
  const [entered, finish] = [gate(), gate()];
  const first = process();
  follow(first, 'first', {}, async () => {
    entered.open();
    await finish.opened;
  });
  await happen('a');
  await entered.opened;
  const second = process();
  follow(second, 'second');
  await second.close();
  const closed = vi.fn();
  const closing = first.close().then(closed);
  await delay(50);
  expect(closed).not.toHaveBeenCalled();
  finish.open();
  await closing;
  expect(consumedBy('first')).toEqual(['a']);
});

test('a consumer waits for a server that is not there yet', async () => {
  const bus = new DirectMessageBus(
    new InMemoryEventStore(log),
    'postgres://nobody@127.0.0.1:1/nowhere',
  );
  const subscription = follow(bus, 'first');
  await happen('a');
  await delay(50);
  expect(consumed).toEqual([]);
  await subscription.close();
  await expect(subscription.ended).resolves.toBeUndefined();
  await bus.close();
});
