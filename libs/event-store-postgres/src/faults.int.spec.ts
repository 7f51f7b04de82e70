import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreUnavailable, NO_STREAM, type StreamAppend } from '@imprest/application';
import type { EventEnvelope, JsonObject, RecordedEvent } from '@imprest/event-catalogue';
import { CuttableProxy } from '@imprest/testkit/network';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { migrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.js';

function anEvent(data: JsonObject = {}): EventEnvelope {
  const actor = { kind: 'system', id: 'test' } as const;
  const occurredAt = '2026-01-31T12:00:00.000Z';
  const metadata = { correlationId: 'c', causationId: 'c', occurredAt, actor };
  return { eventId: randomUUID(), type: 'SomethingHappened', version: 1, data, metadata };
}

function aCall(stream: string = `test-${randomUUID()}`, data?: JsonObject): StreamAppend[] {
  return [{ stream, expectedRevision: NO_STREAM, events: [anEvent(data)] }];
}

describe('PostgresEventStore when things break', () => {
  let database: TestDatabase;
  let proxy: CuttableProxy;
  let store: PostgresEventStore;
  const retrying: string[] = [];
  const rows = async (sql: string) => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const storedStreams = async () =>
    (await rows('select stream from event_store.events order by position')).map(
      (row) => row.stream as string,
    );

  beforeEach(async () => {
    retrying.length = 0;
    database = await createTestDatabase({ migrations });
    proxy = await CuttableProxy.to(database.url);
    store = await PostgresEventStore.connect({
      connectionString: proxy.url,
      observer: { retrying: (what) => retrying.push(what) },
    });
  });
  afterEach(async () => {
    proxy.restore();
    await store.close();
    await proxy.close();
    await database.drop();
  });

  test('given a connection lost under appends, their outcome is unknown, and repeating them writes each once', async () => {
    await store.append(aCall());
    proxy.silenceServer();
    const calls = Array.from({ length: 20 }, () => aCall());
    const results = calls.map((call) => store.append(call));
    // The server commits; only its answer is lost.
    await vi.waitUntil(async () => (await storedStreams()).length === 21, { timeout: 5_000 });
    proxy.breakConnections();
    for (const result of await Promise.allSettled(results)) {
      expect(result).toMatchObject({ reason: expect.any(EventStoreUnavailable) });
    }

    proxy.restore();
    const again = await Promise.all(calls.map((call) => store.append(call)));
    expect(again.map((result) => result.kind)).toEqual(calls.map(() => 'appended'));
    expect(await storedStreams()).toHaveLength(21);
  });

  test('given no server, an append fails soon, and after it is back appends go by themselves', async () => {
    proxy.cut();
    await expect(store.append(aCall())).rejects.toThrow(EventStoreUnavailable);
    await expect(store.append(aCall())).rejects.toThrow(EventStoreUnavailable);
    proxy.restore();
    await vi.waitUntil(
      () =>
        store.append(aCall()).then(
          () => true,
          () => false,
        ),
      {
        timeout: 5_000,
      },
    );
    expect(await storedStreams()).toHaveLength(1);
  });

  test('given a server that stays silent, appends and reads fail in time, and go again afterwards', async () => {
    const impatient = await PostgresEventStore.connect({
      connectionString: proxy.url,
      answerTimeoutMs: 200,
    });
    await impatient.append(aCall());
    await impatient.head();
    proxy.silenceServer();
    await expect(impatient.append(aCall())).rejects.toThrow(EventStoreUnavailable);
    await expect(impatient.head()).rejects.toThrow(EventStoreUnavailable);
    proxy.breakConnections();
    proxy.restore();
    expect(await impatient.append(aCall())).toMatchObject({ kind: 'appended' });
    expect(await impatient.head()).toBe(3n);
    await impatient.close();
  });

  test('given a connection lost while idle, the next append does not notice', async () => {
    await store.append(aCall());
    proxy.breakConnections();
    await delay(50);
    expect(await store.append(aCall())).toMatchObject({ kind: 'appended' });
  });

  test('given no server, reading is unavailable, and works again when it is back', async () => {
    const [call] = aCall() as [StreamAppend];
    await store.append([call]);
    proxy.cut();
    const read = async () => {
      const events: RecordedEvent[] = [];
      for await (const page of store.readStream(call.stream)) events.push(...page);
      return events.length;
    };
    await expect(read()).rejects.toThrow(EventStoreUnavailable);
    await expect(store.head()).rejects.toThrow(EventStoreUnavailable);
    proxy.restore();
    expect(await read()).toBe(1);
  });

  test('given an outage, a subscription goes on where it was and misses nothing', async () => {
    const direct = await PostgresEventStore.connect({ connectionString: database.url });
    const seen: string[] = [];
    const subscription = store.subscribe({ after: 0n }, async ({ events }) => {
      seen.push(...events.map((event) => event.stream));
    });
    const written: string[] = [];
    const write = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        const [call] = aCall() as [StreamAppend];
        await direct.append([call]);
        written.push(call.stream);
      }
    };
    const caughtUp = () => vi.waitUntil(() => seen.length === written.length, { timeout: 5_000 });

    await write(5);
    await caughtUp();
    proxy.breakConnections();
    await write(5);
    await caughtUp();
    proxy.cut();
    await write(5);
    await vi.waitUntil(() => retrying.length > 0, { timeout: 5_000 });
    proxy.restore();
    await write(5);
    await caughtUp();

    expect(seen).toEqual(written);
    await subscription.close();
    await direct.close();
  });

  test('given a database that cannot hold a character, only the append with it fails', async () => {
    const latin = `${new URL(database.url).pathname.slice(1)}_latin`;
    await rows(`create database ${latin} encoding 'LATIN1' locale 'C' template template0`);
    const connectionString = Object.assign(new URL(database.url), { pathname: `/${latin}` }).href;
    const client = new Client({ connectionString });
    await client.connect();
    for (const { up } of migrations) await client.query(up);
    await client.end();
    const latinStore = await PostgresEventStore.connect({ connectionString });

    const results = await Promise.allSettled(
      ['plain', 'größer', '東京', 'plain', '🗼'].map((text) =>
        latinStore.append(aCall(undefined, { text })),
      ),
    );

    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
    ]);
    expect(results[2]).toMatchObject({ reason: expect.any(RangeError) });
    await latinStore.close();
    await rows(`drop database ${latin} with (force)`);
  });

  test('given a server whose default isolation is stricter, racing writers still get conflicts', async () => {
    const [{ name }] = (await rows('select current_database() as name')) as [{ name: string }];
    await rows(`alter database ${name} set default_transaction_isolation = 'repeatable read'`);
    const stores = await Promise.all(
      [0, 1, 2].map(() => PostgresEventStore.connect({ connectionString: database.url })),
    );
    for (let round = 0; round < 10; round += 1) {
      const stream = `test-${randomUUID()}`;
      const results = await Promise.all(stores.map((each) => each.append(aCall(stream))));
      expect(results.filter((result) => result.kind === 'appended')).toHaveLength(1);
    }
    await Promise.all(stores.map((each) => each.close()));
  });

  test('given a writer that has not committed yet, later writers wait, so that nothing appears behind a subscriber', async () => {
    const seen: string[] = [];
    const subscription = store.subscribe({ after: 0n }, async ({ events }) => {
      seen.push(...events.map((event) => event.stream));
    });
    const slow = new Client({ connectionString: database.url });
    await slow.connect();
    await slow.query('begin');
    await slow.query(
      `select event_store.append(array['test-slow'], array[0::bigint], array[gen_random_uuid()],
         array['T'], array[1::int2], array['{}'::json], array['{}'::json],
         array[]::text[], array[]::bigint[])`,
    );
    let answered = false;
    const quick = store.append(aCall('test-quick')).then(() => {
      answered = true;
    });
    await delay(150);
    expect(answered).toBe(false);
    expect(seen).toEqual([]);

    await slow.query('commit');
    await quick;
    await vi.waitUntil(() => seen.length === 2, { timeout: 5_000 });
    expect(seen).toEqual(['test-slow', 'test-quick']);
    await subscription.close();
    await slow.end();
  });

  test('events cannot be changed or removed', async () => {
    await store.append(aCall());
    for (const sql of [
      "update event_store.events set type = 'Other'",
      'delete from event_store.events',
      'truncate event_store.events',
    ]) {
      await expect(rows(sql)).rejects.toThrow(/append-only/);
    }
  });

  test('of two processes, the time an event became known never runs against its position', async () => {
    const stores = await Promise.all(
      [0, 1].map(() => PostgresEventStore.connect({ connectionString: database.url })),
    );
    const chain = async (each: PostgresEventStore) => {
      for (let n = 0; n < 100; n += 1) await each.append(aCall());
    };
    await Promise.all(stores.flatMap((each) => [chain(each), chain(each)]));
    const times = await rows('select recorded_at from event_store.events order by position');
    const sorted = await rows('select recorded_at from event_store.events order by recorded_at');
    expect(times).toEqual(sorted);
    await Promise.all(stores.map((each) => each.close()));
  });
});
