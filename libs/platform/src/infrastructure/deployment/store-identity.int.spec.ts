import { randomUUID } from 'node:crypto';
import { type EventStore, NO_STREAM } from '@imprest/application';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { InMemoryEventStore } from '@imprest/testkit';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allMigrations } from '../migrations.js';
import {
  AnotherEventStore,
  confirmStoreIdentity,
  readStoreIdentity,
  recordStoreIdentity,
} from './store-identity.js';
import { StoreIdentityWatch } from './store-identity-watch.js';

async function write(store: EventStore): Promise<string> {
  const eventId = randomUUID();
  const metadata = {
    correlationId: 'test',
    causationId: 'test',
    occurredAt: '2026-01-01T00:00:00.000Z',
    actor: { kind: 'system', id: 'test' },
  } as const;
  const event = {
    eventId,
    type: 'AccountOpened',
    version: 1,
    data: { tenantId: 'acme' },
    metadata,
  };
  const stream = `tokenAccount-${eventId}`;
  await store.append([{ stream, expectedRevision: NO_STREAM, events: [event] }]);
  return eventId;
}

/** Resolves when they are gone, and their clients have been told. */
async function endSessions(url: string, applicationName: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const sql = `select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where application_name = $1 and datname = current_database()`;
  await client.query(sql, [applicationName]);
  await client.end();
  await new Promise((resolve) => setTimeout(resolve, 50));
}

/** A store of the other kind stands in memory: all that is looked at is its first event. */
describe('the event store that a database belongs to', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase({ migrations: allMigrations });
  });
  afterEach(() => database.drop());

  const confirm = (store: EventStore, kind: 'postgres' | 'eventstoredb') =>
    confirmStoreIdentity(database.url, store, kind);

  it('is the first one that was used, and is known by its first event from then on', async () => {
    const store = new InMemoryEventStore();
    await confirm(store, 'eventstoredb');
    expect(await readStoreIdentity(database.url)).toEqual({ kind: 'eventstoredb' });

    const firstEventId = await write(store);
    await write(store);
    await confirm(store, 'eventstoredb');
    await confirm(store, 'eventstoredb');

    expect(await readStoreIdentity(database.url)).toEqual({ kind: 'eventstoredb', firstEventId });
  });

  it('is looked at again when the connection is lost while the store is read', async () => {
    const store = new InMemoryEventStore();
    await write(store);
    const cut = new Proxy(store, {
      get: (target, name) => {
        if (name !== 'readAll') return Reflect.get(target, name);
        return async function* (...options: Parameters<EventStore['readAll']>) {
          await endSessions(database.url, 'imprest deployment');
          yield* target.readAll(...options);
        };
      },
    });
    await expect(confirm(cut, 'eventstoredb')).rejects.toThrow();
    expect(await confirm(store, 'eventstoredb')).toBe(true);
  });

  it('is not an empty one when it had events', async () => {
    const store = new InMemoryEventStore();
    await write(store);
    await confirm(store, 'eventstoredb');

    const empty = confirm(new InMemoryEventStore(), 'eventstoredb');
    await expect(empty).rejects.toThrow(AnotherEventStore);
    await expect(empty).rejects.toThrow(/EVENT_STORE names is empty/);
  });

  it('is the same for a process that looks just before another one writes the first event', async () => {
    const store = new InMemoryEventStore();
    const looksTooEarly = new InMemoryEventStore();
    vi.spyOn(looksTooEarly, 'readAll').mockImplementation(async function* () {
      await write(store);
      await confirm(store, 'eventstoredb');
      yield [];
    });
    expect(await confirm(looksTooEarly, 'eventstoredb')).toBe(false);
    expect(await confirm(store, 'eventstoredb')).toBe(true);
  });

  it('is not one with the events of somebody else', async () => {
    const [ours, theirs] = [new InMemoryEventStore(), new InMemoryEventStore()];
    await write(ours);
    await write(theirs);
    await confirm(ours, 'eventstoredb');

    await expect(confirm(theirs, 'eventstoredb')).rejects.toThrow(/another deployment/);
    await confirm(ours, 'eventstoredb');
  });

  it('is not one of another kind', async () => {
    await confirm(new InMemoryEventStore(), 'postgres');

    await expect(confirm(new InMemoryEventStore(), 'eventstoredb')).rejects.toThrow(
      /belong to this PostgreSQL .*EVENT_STORE names an EventStoreDB.*migrate-store/,
    );
  });

  it('is this PostgreSQL when it holds events, even if nobody wrote that down', async () => {
    const store = await PostgresEventStore.connect({ connectionString: database.url });
    await write(store);
    await store.close();

    await expect(confirm(new InMemoryEventStore(), 'eventstoredb')).rejects.toThrow(
      /this database holds events of its own/,
    );
  });

  it('is watched until its first event: of two that began empty, the second one is found out', async () => {
    const [ours, theirs] = [new InMemoryEventStore(), new InMemoryEventStore()];
    const watches = [ours, theirs].map(
      (store) => new StoreIdentityWatch(database.url, store, 'eventstoredb'),
    );
    await confirm(theirs, 'eventstoredb');
    await write(ours);
    for (const watch of watches) {
      watch.start();
      await watch.close();
    }

    const [first, second] = watches.map(({ lost }) => Promise.race([lost, 'nothing']));
    expect(await first).toBe('nothing');
    expect(await second).toMatch(/EVENT_STORE names is empty/);
  });

  it('can be changed by whoever has moved the events', async () => {
    const [from, to] = [new InMemoryEventStore(), new InMemoryEventStore()];
    await write(from);
    await confirm(from, 'postgres');
    const firstEventId = await write(to);
    await recordStoreIdentity(database.url, { kind: 'eventstoredb', firstEventId });

    await confirm(to, 'eventstoredb');
    await expect(confirm(from, 'postgres')).rejects.toThrow(AnotherEventStore);
  });
});
