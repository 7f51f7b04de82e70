import { randomUUID } from 'node:crypto';
import { NO_STREAM, START_OF_STORE, searchEvents } from '@imprest/application';
import type { EventEnvelope } from '@imprest/event-catalogue';
import { EventStoreDbServer } from '@imprest/testkit/eventstoredb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EventStoreDbEventStore } from '../eventstoredb-event-store.js';

function anEvent(): EventEnvelope {
  const actor = { kind: 'system', id: 'test' } as const;
  const occurredAt = '2026-01-31T12:00:00.000Z';
  const metadata = { correlationId: 'request', causationId: 'command', occurredAt, actor };
  return { eventId: randomUUID(), type: 'SomethingHappened', version: 1, data: {}, metadata };
}

describe('a read of which the reader is told how far it is', () => {
  let server: EventStoreDbServer;
  let store: EventStoreDbEventStore;

  const write = (stream: string, count: number) =>
    store.append([
      { stream, expectedRevision: NO_STREAM, events: Array.from({ length: count }, anEvent) },
    ]);

  beforeEach(async () => {
    server = await EventStoreDbServer.start();
    const { connectionString } = server;
    store = await EventStoreDbEventStore.connect({ connectionString });
  });
  afterEach(async () => {
    await store.close();
    await server.stop();
  });

  test('is told between two hits, however far they are apart, and ends where it is asked to', async () => {
    await write('noise-1', 2_600);
    const told: bigint[] = [];
    const read = async (most: number) => {
      const before = told.length;
      const onLook = (position: bigint) => {
        told.push(position);
        return told.length - before < most;
      };
      const range = { after: told.at(-1) ?? START_OF_STORE, categories: ['rare'], onLook };
      for await (const page of store.readAll(range)) expect(page).toEqual([]);
      return told.length - before;
    };

    expect(await read(2)).toBe(2);
    expect(await read(100)).toBeGreaterThan(0);

    expect([...told].sort((a, b) => Number(a - b))).toEqual(told);
    expect(new Set(told).size).toBe(told.length);
  });

  test('makes a search come to an end in time, and go on from there', async () => {
    await write('noise-1', 2_600);
    await write('rare-1', 1);
    await write('noise-2', 2_600);
    const selection = { category: ['rare'] };
    const gone = { signal: AbortSignal.abort(), selection, limit: 10 };

    const first = await searchEvents(store, { ...gone, after: START_OF_STORE });
    expect(first).toMatchObject({ events: [], finished: false });
    expect(first.position).toBeGreaterThan(START_OF_STORE);
    const second = await searchEvents(store, { ...gone, after: first.position });
    expect(second.position).toBeGreaterThan(first.position);
    const rest = { selection, limit: 10, after: second.position };
    const found = await searchEvents(store, rest);
    expect(found).toMatchObject({ lookedAt: 1, finished: true, position: found.head });
    expect(found.events.map(({ stream }) => stream)).toEqual(['rare-1']);
  });
});
