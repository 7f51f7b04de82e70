import { type EventStore, START_OF_STORE } from '@imprest/application';
import { Client } from 'pg';

export type StoreKind = 'postgres' | 'eventstoredb';

export interface StoreIdentity {
  readonly kind: StoreKind;
  /** Undefined while the store has no event. */
  readonly firstEventId: string | undefined;
}

/** The database was filled from another event store than the configured one. */
export class AnotherEventStore extends Error {
  override readonly name = 'AnotherEventStore';
}

const KIND = 'event-store';
const FIRST_EVENT = 'first-event';
const names: Readonly<Record<StoreKind, string>> = {
  postgres: 'this PostgreSQL (EVENT_STORE=postgres)',
  eventstoredb: 'an EventStoreDB (EVENT_STORE=esdb://…)',
};
const MOVE = 'Point EVENT_STORE at that store, or move the events with `imprest migrate-store`';

async function withClient<T>(
  connectionString: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString, application_name: 'imprest deployment' });
  // Lost between two statements, it would end the process; the next statement says so.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function read(client: Client, name: string): Promise<string | undefined> {
  const sql = 'select value from platform.deployment where name = $1';
  const { rows } = await client.query<{ value: string }>(sql, [name]);
  return rows[0]?.value;
}

/** The first value wins, of whichever process; returns the one that holds. */
async function claim(client: Client, name: string, value: string): Promise<string> {
  const sql =
    'insert into platform.deployment (name, value) values ($1, $2) on conflict do nothing';
  await client.query(sql, [name, value]);
  return (await read(client, name)) ?? value;
}

async function firstEventOf(store: EventStore): Promise<string | undefined> {
  for await (const page of store.readAll({ after: START_OF_STORE, pageSize: 1 })) {
    const first = page[0];
    if (first !== undefined) return first.eventId;
  }
  return undefined;
}

async function postgresHoldsEvents(client: Client): Promise<boolean> {
  const { rows } = await client.query('select 1 from event_store.events limit 1');
  return rows.length > 0;
}

/**
 * Writes down which event store the read models of this database belong to, once, and from then on refuses
 * any other: checkpoints of one store are nonsense in another, and an empty one would be taken for a
 * product without customers.
 * @returns whether the store has a first event, by which it is known from now on
 * @throws AnotherEventStore
 */
export async function confirmStoreIdentity(
  connectionString: string,
  store: EventStore,
  kind: StoreKind,
): Promise<boolean> {
  return withClient(connectionString, async (client) => {
    // Before the store is read: another process may write the first event, and it on record, meanwhile.
    const known = await read(client, FIRST_EVENT);
    const firstEventId = await firstEventOf(store);
    if ((await read(client, KIND)) === undefined && kind !== 'postgres') {
      if (await postgresHoldsEvents(client)) {
        throw new AnotherEventStore(
          `this database holds events of its own, and EVENT_STORE names ${names[kind]}. ${MOVE}`,
        );
      }
    }
    const recorded = await claim(client, KIND, kind);
    if (recorded !== kind) {
      throw new AnotherEventStore(
        `the read models of this database belong to ${names[recorded as StoreKind]}, and EVENT_STORE names ${names[kind]}. ${MOVE}`,
      );
    }
    const expected =
      firstEventId === undefined ? known : await claim(client, FIRST_EVENT, firstEventId);
    if (expected === firstEventId) return firstEventId !== undefined;
    const found =
      firstEventId === undefined ? 'is empty' : 'holds the events of another deployment';
    throw new AnotherEventStore(
      `the read models of this database were made from a store whose first event is ${expected}, and the one that EVENT_STORE names ${found}. ${MOVE}`,
    );
  });
}

/** For the command that has moved all events to another store and checked that none is missing. */
export async function recordStoreIdentity(
  connectionString: string,
  { kind, firstEventId }: StoreIdentity,
): Promise<void> {
  await withClient(connectionString, async (client) => {
    await client.query('begin');
    await client.query('delete from platform.deployment where name in ($1, $2)', [
      KIND,
      FIRST_EVENT,
    ]);
    await claim(client, KIND, kind);
    if (firstEventId !== undefined) await claim(client, FIRST_EVENT, firstEventId);
    await client.query('commit');
  });
}

/** Undefined before a process has ever run on this database. */
export async function readStoreIdentity(
  connectionString: string,
): Promise<StoreIdentity | undefined> {
  return withClient(connectionString, async (client) => {
    const kind = await read(client, KIND);
    if (kind === undefined) return undefined;
    return { kind: kind as StoreKind, firstEventId: await read(client, FIRST_EVENT) };
  });
}
