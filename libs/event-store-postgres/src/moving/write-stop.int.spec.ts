import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { NO_STREAM } from '@imprest/application';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrations } from '../migrations.js';
import { PostgresEventStore } from '../postgres-event-store.js';
import { WriteStop } from './write-stop.js';

let database: TestDatabase;
let store: PostgresEventStore;

const begin = (waitMs?: number) =>
  WriteStop.begin({
    connectionString: database.url,
    applicationName: 'imprest migrate-store',
    ...(waitMs !== undefined && { waitMs }),
  });
const append = () => {
  const actor = { kind: 'system', id: 'test' } as const;
  const occurredAt = '2026-01-31T12:00:00.000Z';
  const metadata = { correlationId: 'c', causationId: 'c', occurredAt, actor };
  const event = { eventId: randomUUID(), type: 'Happened', version: 1, data: {}, metadata };
  return store.append([
    { stream: `test-${randomUUID()}`, expectedRevision: NO_STREAM, events: [event] },
  ]);
};

beforeEach(async () => {
  database = await createTestDatabase({ migrations });
  store = await PostgresEventStore.connect({ connectionString: database.url });
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

test('appends wait until the stop ends, and reads do not', async () => {
  const stop = await begin();
  let written = false;
  const waiting = append().then(() => {
    written = true;
  });
  await delay(100);
  expect(written).toBe(false);
  expect(await store.head()).toBe(0n);
  await stop.end();
  await waiting;
  expect(await store.head()).toBe(1n);
});

test('a store that was closed refuses events for good', async () => {
  await append();
  const stop = await begin();
  await stop.closeForGood();
  await stop.closeForGood();
  await stop.end();
  await expect(append()).rejects.toThrow(/moved to another store/);
  expect(await store.head()).toBe(1n);
});

test('it tells who else works on the database', async () => {
  const stop = await begin();
  expect(await stop.otherSessions()).toEqual(['imprest event store']);
  await stop.end();
});

test('two at once are one too many', async () => {
  const stop = await begin();
  await expect(begin(50)).rejects.toThrow(/lock timeout/);
  await stop.end();
});
