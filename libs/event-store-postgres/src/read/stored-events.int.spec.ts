import { NO_STREAM } from '@imprest/application';
import { type StoredEvent, storedEvent } from '@imprest/event-catalogue';
import { eventBytes } from '@imprest/ledger-seal';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '../migrations.js';
import { PostgresEventStore } from '../postgres-event-store.js';
import { EventReader } from './event-reader.js';

const data = {
  text: 'lake "Äther" \\ 山 \u001f end',
  numbers: [1e21, -0.5, 40],
  ...{ '10': 'ten', '9': 'nine', nothing: null, amount: '900719925474099312345' },
};
const metadata = {
  ...{ correlationId: 'c', causationId: 'c', occurredAt: '2026-01-15T09:00:00.000Z' },
  actor: { kind: 'system', id: 'test' },
} as const;
const eventIds = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b'];

let database: TestDatabase;
let store: PostgresEventStore;
beforeAll(async () => {
  database = await createTestDatabase({ migrations });
  store = await PostgresEventStore.connect({ connectionString: database.url });
  const events = eventIds.map((eventId) => ({ eventId, type: 'Told', version: 1, data, metadata }));
  await store.append([{ stream: 'tale-1', expectedRevision: NO_STREAM, events }]);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

async function allOf<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}
const stored = async (): Promise<StoredEvent[]> => {
  const copied = await allOf(store.readStored({ after: 0n, pageSize: 1 }));
  return copied.map(
    ({ position, stream, revision, eventId, type, version, recordedAt, data, metadata }) => ({
      ...{ position, stream, revision, eventId, type, version, recordedAt, data, metadata },
    }),
  );
};

test('an event is given byte for byte as PostgreSQL has it', async () => {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const text = 'select data::text, metadata::text from event_store.events order by position';
  const { rows } = await client.query(text);
  await client.end();
  expect((await stored()).map(({ data, metadata }) => ({ data, metadata }))).toEqual(rows);
});

test('what was read can be written again to the same bytes', async () => {
  const recorded = await allOf(store.readAll({ after: 0n }));
  expect(recorded.map(storedEvent)).toEqual(await stored());
});

test('a read tells how far it looked, and ends when told so', async () => {
  const looks: bigint[] = [];
  const onLook = (position: bigint) => {
    looks.push(position);
    return false;
  };
  const range = { after: 0n, categories: ['tale'], pageSize: 1, onLook };
  expect(await allOf(store.readAll(range))).toHaveLength(1);
  expect(looks).toEqual([(await stored())[0]!.position]);
});

test('the time of recording has whole milliseconds in PostgreSQL too', async () => {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const text = `select distinct date_part('microsecond', recorded_at)::int % 1000 as finer from event_store.events`;
  expect((await client.query(text)).rows).toEqual([{ finer: 0 }]);
  await client.end();
});

test('the bytes of an event are what anybody encodes who has its fields', async () => {
  const copied = await allOf(store.readStored({ after: 0n }));
  const encoded = (await stored()).map((event) => Buffer.from(eventBytes(event)).toString('hex'));
  expect(copied.map(({ bytes }) => Buffer.from(bytes!).toString('hex'))).toEqual(encoded);
});

test('a range and categories narrow down what is read', async () => {
  const positions = async (options: object) =>
    (await allOf(store.readStored({ after: 0n, ...options }))).map(({ position }) => position);
  expect(await positions({ after: 1n })).toEqual([2n]);
  expect(await positions({ upTo: 1n })).toEqual([(await stored())[0]!.position]);
  expect(await positions({ categories: ['tale'] })).toEqual([1n, 2n]);
  expect(await positions({ categories: ['story'] })).toEqual([]);
  await expect(positions({ categories: ["x' or true"] })).rejects.toThrow('no category');
});

test('a reader that has seen enough leaves nothing behind that others wait for', async () => {
  for (let round = 0; round < 10; round += 1) {
    for await (const page of store.readStored({ after: 0n, pageSize: 1 })) {
      expect(page).toHaveLength(1);
      break;
    }
  }
  expect(await stored()).toHaveLength(2);
});

test('a store that takes several statements is read in order and whole', async () => {
  const limits = { applicationName: 'test', answerTimeoutMs: 5_000 };
  const reader = new EventReader({ connectionString: database.url, ...limits }, 1, 1n);
  const positions = (await allOf(reader.readStored({ after: 0n }))).map(({ position }) => position);
  await reader.close();
  expect(positions).toEqual([1n, 2n]);
});
