import { randomUUID } from 'node:crypto';
import {
  compareStores,
  copyStore,
  NO_STREAM,
  type StreamAppend,
  storedEventReader,
  TargetInUse,
} from '@imprest/application';
import type { EventEnvelope, RecordedEvent, StoredEvent } from '@imprest/event-catalogue';
import { InMemoryEventLog, InMemoryEventStore } from '@imprest/testkit';
import { EventStoreDbServer } from '@imprest/testkit/eventstoredb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EventStoreDbEventStore } from '../eventstoredb-event-store.js';
import { EventStoreDbCopyTarget } from './eventstoredb-copy-target.js';
import { CopyBroken } from './ordered-writer.js';

let server: EventStoreDbServer;
let source: InMemoryEventStore;
let target: EventStoreDbCopyTarget;

const now = () => new Date('2026-06-01T00:00:00.000Z');
const longAgo = new Date('2026-01-31T12:00:00.000Z');
const openTarget = () =>
  EventStoreDbCopyTarget.open({ connectionString: server.connectionString, now });
const openStore = () =>
  EventStoreDbEventStore.connect({ connectionString: server.connectionString });

function anEvent(n: number): EventEnvelope {
  const actor = { kind: 'apiKey', id: `key_${n % 3}` } as const;
  const occurredAt = `2026-01-31T11:59:${String(n % 60).padStart(2, '0')}.000Z`;
  const metadata = {
    correlationId: `request-${n}`,
    causationId: `command-${n}`,
    occurredAt,
    actor,
  };
  return { eventId: randomUUID(), type: 'Counted', version: 1 + (n % 2), data: { n }, metadata };
}

/** `count` events over a few streams of three categories, as they come in a running product. */
async function fill(count: number): Promise<void> {
  const revisions = new Map<string, number>();
  for (let n = 0; n < count; n += 1) {
    const stream = `${['order', 'account', 'order'][n % 3]}-${n % 7}`;
    const expectedRevision = revisions.get(stream) ?? NO_STREAM;
    const events = Array.from({ length: 1 + (n % 3) }, () => anEvent(n));
    const append: StreamAppend = { stream, expectedRevision, events };
    await source.append([append]);
    revisions.set(stream, expectedRevision + events.length);
  }
}

async function allOf<Event>(pages: AsyncIterable<readonly Event[]>): Promise<Event[]> {
  const all: Event[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

async function move() {
  await copyStore({ source, target });
  const compared = await compareStores({ source, target, upTo: await source.head() });
  await target.complete();
  return compared;
}

beforeEach(async () => {
  server = await EventStoreDbServer.start();
  target = await openTarget();
  source = new InMemoryEventStore(new InMemoryEventLog(), { now: () => longAgo });
});
afterEach(async () => {
  server.faults.restore();
  await target.close();
  await server.stop();
});

describe('a store that was moved', () => {
  test('reads as the one it came from: ids, order, revisions, content, positions and times', async () => {
    await fill(900);
    const compared = await move();
    const store = await openStore();
    const moved = await allOf(store.readAll({ after: 0n }));
    expect(moved).toEqual(await allOf(source.readAll({ after: 0n })));
    expect(compared).toMatchObject({ events: moved.length, streams: 14 });
    expect(await allOf(store.readStream('order-3'))).toEqual(
      await allOf(source.readStream('order-3')),
    );
    await store.close();
  });

  test('takes new events behind the old ones, and repeats of old ones as such', async () => {
    await fill(30);
    await move();
    const store = await openStore();
    const before = await source.head();
    const [first] = await allOf(source.readStream('order-0', { maxCount: 1 }));
    const repeat = [
      { stream: 'order-0', expectedRevision: NO_STREAM, events: [first as RecordedEvent] },
    ];
    expect(await store.append(repeat)).toEqual({ kind: 'appended', position: 1n });
    const added = await store.append([
      { stream: 'order-new', expectedRevision: NO_STREAM, events: [anEvent(1)] },
    ]);
    expect(added.kind === 'appended' && added.position).toBeGreaterThan(before);
    const later = await allOf(store.readAll({ after: before }));
    expect(later.map(({ stream }) => stream)).toEqual(['order-new']);
    expect(later[0]?.recordedAt.getTime()).toBeGreaterThan(longAgo.getTime());
    await store.close();
  });

  test('goes on from any position of before, for a reader and for a consumer', async () => {
    await fill(700);
    await move();
    const store = await openStore();
    const all = await allOf(source.readAll({ after: 0n }));
    const end = await source.head();
    for (const after of [0n, 999n, 1_001n, end - 1n, end]) {
      const expected = all.filter((event) => event.position > after);
      expect(await allOf(store.readAll({ after }))).toEqual(expected);
      const orders = expected.filter(({ stream }) => stream.startsWith('order-'));
      const seen: RecordedEvent[] = [];
      let position = after;
      const options = { after, categories: ['order'], batchSize: 100 };
      const subscription = store.subscribe(options, async (batch) => {
        seen.push(...batch.events);
        expect(batch.position).toBeGreaterThan(position);
        position = batch.position;
      });
      await vi.waitUntil(() => seen.length === orders.length && position >= end, {
        timeout: 5_000,
      });
      await subscription.close();
      expect(seen).toEqual(orders);
    }
    await store.close();
  });
});

describe('moving', () => {
  test('goes on where it was interrupted', async () => {
    await fill(200);
    const stop = new AbortController();
    await copyStore({ source, target, onProgress: () => stop.abort(), signal: stop.signal });
    await target.close();
    target = await openTarget();
    expect(await target.copiedUpTo()).toBe(await source.head());
    await move();
    const store = await openStore();
    expect(await allOf(store.readAll({ after: 0n }))).toHaveLength(Number(await source.head()));
    await store.close();
  });

  test('survives connections that are lost on the way', async () => {
    await fill(1_000);
    const copying = copyStore({ source, target });
    for (let round = 0; round < 5; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      server.dropConnections();
    }
    await copying;
    expect(await move()).toMatchObject({ events: Number(await source.head()) });
  });

  test('refuses a target that holds something else', async () => {
    await fill(5);
    const store = await openStore();
    await store.append([{ stream: 'order-x', expectedRevision: NO_STREAM, events: [anEvent(1)] }]);
    await store.close();
    await expect(copyStore({ source, target })).rejects.toThrow(TargetInUse);
  });

  test('refuses a target in which a copied stream has gone on by itself', async () => {
    await fill(30);
    const events = await allOf(storedEventReader(source).readStored({ after: 0n }));
    const begun = events.filter(({ stream, revision }) => stream === 'order-0' && revision < 1);
    const next = events.find(({ stream, revision }) => stream === 'order-0' && revision === 1);
    await target.copy(begun);
    await target.copy([{ ...(next as StoredEvent), eventId: randomUUID() }]);
    await expect(target.copy(events)).rejects.toThrow(CopyBroken);
  });

  test('can be completed again, and an incomplete one is not taken for a store', async () => {
    await fill(50);
    await move();
    await target.complete();
    const store = await openStore();
    expect(await store.head()).toBeGreaterThan(await source.head());
    await store.close();
  });

  test('of nothing leaves nothing', async () => {
    expect(await move()).toMatchObject({ events: 0, streams: 0, firstEventId: undefined });
    expect(server.log.length).toBe(0);
  });
});
