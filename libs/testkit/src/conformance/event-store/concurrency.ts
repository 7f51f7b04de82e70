import type { EventStore } from '@imprest/application';
import { expect, test } from 'vitest';
import {
  anEvent,
  appended,
  appendTo,
  collect,
  follow,
  newCategory,
  newStream,
  newStreamWith,
  storedIds,
} from './fixtures.js';
import type { EventStoreSubject } from './subject.js';

/** Appends one event after the other, each at the revision the last read or append has shown. */
async function appendAll(
  store: EventStore,
  streams: readonly string[],
  writer: number,
  count: number,
): Promise<string[]> {
  const written: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const event = anEvent({ writer, n });
    const stream = streams[n % streams.length] as string;
    for (;;) {
      const [newest] = await collect(
        store.readStream(stream, { direction: 'backwards', maxCount: 1 }),
      );
      const result = await store.append([appendTo(stream, newest?.revision ?? -1, event)]);
      if (result.kind === 'appended') break;
    }
    written.push(event.eventId);
  }
  return written;
}

export function concurrencyConformance(subject: EventStoreSubject): void {
  test('of many writers that expect the same revision, in two processes, exactly one wins', async () => {
    const stores = [subject.store, await subject.connect()];
    const stream = newStream();
    await subject.store.append([newStreamWith(stream, anEvent())]);
    const racing = Array.from({ length: 100 }, anEvent);

    const results = await Promise.all(
      racing.map((event, n) => (stores[n % 2] as EventStore).append([appendTo(stream, 0, event)])),
    );

    const winners = racing.filter((_, n) => results[n]?.kind === 'appended');
    expect(winners).toHaveLength(1);
    expect(results.filter((result) => result.kind === 'conflict')).toHaveLength(99);
    expect((await storedIds(subject.store, stream))[1]).toBe(winners[0]?.eventId);
  });

  test('writers that take turns on two streams lose no event and leave no gap', async () => {
    const stores = [subject.store, await subject.connect()];
    const streams = [newStream(), newStream()];
    const written = await Promise.all(
      [0, 1, 2, 3].map((writer) =>
        appendAll(stores[writer % 2] as EventStore, streams, writer, 25),
      ),
    );
    const recorded = (
      await Promise.all(streams.map((stream) => collect(subject.store.readStream(stream))))
    ).flat();
    expect(recorded.map((event) => event.eventId).sort()).toEqual(written.flat().sort());
    for (const stream of streams) {
      const revisions = recorded.filter((event) => event.stream === stream);
      expect(revisions.map((event) => event.revision)).toEqual(revisions.map((_, n) => n));
    }
  });

  test('a conflict answers its own call only, whatever else is under way', async () => {
    const { store } = subject;
    const taken = newStream();
    await store.append([newStreamWith(taken, anEvent())]);
    const streams = Array.from({ length: 200 }, (_, n) => (n % 10 === 0 ? taken : newStream()));
    const results = await Promise.all(
      streams.map((stream) => store.append([newStreamWith(stream, anEvent())])),
    );
    streams.forEach((stream, n) => {
      expect(results[n]?.kind).toBe(stream === taken ? 'conflict' : 'appended');
    });
    expect(await storedIds(store, taken)).toHaveLength(1);
  });

  test('5,000 appends at once are all stored, each at its own position', async () => {
    const { store } = subject;
    const category = newCategory();
    const after = await store.head();
    const streams = Array.from({ length: 5_000 }, () => newStream(category));
    const results = await Promise.all(
      streams.map((stream) => store.append([newStreamWith(stream, anEvent())])),
    );
    const recorded = await collect(store.readAll({ after, categories: [category] }));
    const positions = new Map(recorded.map((event) => [event.stream, event.position]));
    expect(positions.size).toBe(5_000);
    expect(streams.map((stream) => positions.get(stream))).toEqual(results.map(appended));
  });

  test('a subscriber beside racing writers of two processes sees every event once and in order', async () => {
    const stores = [subject.store, await subject.connect()];
    const category = newCategory();
    const streams = [newStream(category), newStream(category), newStream(category)];
    const after = await subject.store.head();
    const follower = follow(await subject.connect(), { after, categories: [category] });

    const written = await Promise.all(
      [0, 1, 2, 3].map((writer) =>
        appendAll(stores[writer % 2] as EventStore, streams, writer, 60),
      ),
    );
    const end = appended(
      await subject.store.append([newStreamWith(newStream(category), anEvent())]),
    );
    await follower.reach(end);

    const seen = follower.events.slice(0, -1);
    expect(seen.map((event) => event.eventId).sort()).toEqual(written.flat().sort());
    const next = new Map<string, number>();
    let position = after;
    for (const event of seen) {
      expect(event.position).toBeGreaterThan(position);
      expect(event.revision).toBe(next.get(event.stream) ?? 0);
      next.set(event.stream, event.revision + 1);
      position = event.position;
    }
  });
}
