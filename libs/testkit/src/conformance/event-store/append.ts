import { EventStoreUnavailable, NO_STREAM } from '@imprest/application';
import { expect, test } from 'vitest';
import {
  anEvent,
  appended,
  appendTo,
  collect,
  events,
  idsOf,
  newCategory,
  newStream,
  newStreamWith,
  storedIds,
} from './fixtures.js';
import type { EventStoreSubject } from './subject.js';

export function appendConformance(subject: EventStoreSubject): void {
  test('an event comes back as it was given, with its place and the time it became known', async () => {
    const { store } = subject;
    const [stream, event] = [newStream(), anEvent({ amount: '12', nested: { list: [1, null] } })];
    const before = Date.now();
    const position = appended(await store.append([newStreamWith(stream, event)]));
    const [recorded] = await collect(store.readStream(stream));
    expect(recorded).toEqual({
      ...event,
      stream,
      revision: 0,
      position,
      recordedAt: expect.any(Date),
    });
    // The store may run on another machine: its clock may be off, but not by a minute.
    expect(Math.abs(Number(recorded?.recordedAt) - before)).toBeLessThan(60_000);
  });

  test('revisions start at 0 and have no gap, also across appends', async () => {
    const { store } = subject;
    const stream = newStream();
    await store.append([newStreamWith(stream, ...events(3))]);
    await store.append([appendTo(stream, 2, ...events(2))]);
    const revisions = (await collect(store.readStream(stream))).map((event) => event.revision);
    expect(revisions).toEqual([0, 1, 2, 3, 4]);
  });

  test('appends of one call are stored in the order given', async () => {
    const { store } = subject;
    const category = newCategory();
    const after = await store.head();
    const streams = Array.from({ length: 20 }, () => newStream(category));
    const written = streams.map(() => events(2));
    const call = streams.map((stream, n) => newStreamWith(stream, ...(written[n] ?? [])));
    const position = appended(await store.append(call));
    const recorded = await collect(store.readAll({ after, categories: [category] }));
    expect(idsOf(recorded)).toEqual(idsOf(written.flat()));
    expect(recorded.at(-1)?.position).toBe(position);
  });

  test.each([
    ['a stream that exists already, for a new one', 2, NO_STREAM],
    ['a revision that was overtaken', 2, 0],
    ['a revision still to come', 2, 5],
    ['a revision of a stream that does not exist', 0, 0],
  ])('expecting %s is a conflict and writes nothing', async (_, existing, expectedRevision) => {
    const { store } = subject;
    const stream = newStream();
    const there = events(existing);
    if (existing > 0) await store.append([newStreamWith(stream, ...there)]);
    const result = await store.append([appendTo(stream, expectedRevision, ...events(2))]);
    expect(result).toEqual({ kind: 'conflict', streams: [stream] });
    expect(await storedIds(store, stream)).toEqual(idsOf(there));
  });

  test('a conflict on one stream of a call names it and leaves no event of it, and the corrected call succeeds', async () => {
    const { store } = subject;
    const [fresh, taken] = [newStream(), newStream()];
    const [first, second, winner] = [anEvent(), anEvent(), anEvent()];
    await store.append([newStreamWith(taken, winner)]);

    const result = await store.append([newStreamWith(fresh, first), newStreamWith(taken, second)]);

    expect(result).toEqual({ kind: 'conflict', streams: [taken] });
    expect(await storedIds(store, taken)).toEqual([winner.eventId]);

    appended(await store.append([newStreamWith(fresh, first), appendTo(taken, 0, second)]));
    expect(await storedIds(store, fresh)).toEqual([first.eventId]);
    expect(await storedIds(store, taken)).toEqual([winner.eventId, second.eventId]);
  });

  test('the last stream of a call is not there when another one was in conflict', async () => {
    const { store } = subject;
    const [fresh, taken, last] = [newStream(), newStream(), newStream()];
    await store.append([newStreamWith(taken, anEvent())]);
    const first = newStreamWith(fresh, anEvent());
    const result = await store.append([
      first,
      newStreamWith(taken, anEvent()),
      newStreamWith(last, anEvent()),
    ]);
    expect(result).toEqual({ kind: 'conflict', streams: [taken] });
    expect(await storedIds(store, last)).toEqual([]);
    appended(await store.append([first, newStreamWith(last, anEvent())]));
    expect(await storedIds(store, fresh)).toHaveLength(1);
  });

  test('repeating a call answers as the first time and writes nothing', async () => {
    const { store } = subject;
    const [one, two] = [newStream(), newStream()];
    const call = [newStreamWith(one, ...events(3)), newStreamWith(two, ...events(2))];
    const first = await store.append(call);
    const again = await store.append(call);
    expect(again).toEqual(first);
    expect(await storedIds(store, one)).toHaveLength(3);
    expect(await storedIds(store, two)).toHaveLength(2);
  });

  test('repeating a call is recognised after other events have followed, and by another process', async () => {
    const { store } = subject;
    const stream = newStream();
    const call = [newStreamWith(stream, ...events(2))];
    const first = await store.append(call);
    await store.append([appendTo(stream, 1, ...events(5))]);
    expect(await (await subject.connect()).append(call)).toEqual(first);
    expect(await storedIds(store, stream)).toHaveLength(7);
  });

  test('a call repeated while the first one is under way is written once', async () => {
    const { store } = subject;
    const stream = newStream();
    const call = [newStreamWith(stream, ...events(2))];
    const results = await Promise.all(Array.from({ length: 10 }, () => store.append(call)));
    expect(new Set(results.map(appended)).size).toBe(1);
    expect(await storedIds(store, stream)).toHaveLength(2);
  });

  test('a call whose first part is stored already is completed by its repetition', async () => {
    const { store } = subject;
    const [one, two] = [newStream(), newStream()];
    const [first, second] = [newStreamWith(one, anEvent()), newStreamWith(two, anEvent())];
    const before = appended(await store.append([first]));
    const position = appended(await store.append([first, second]));
    expect(position).toBeGreaterThan(before);
    expect(await storedIds(store, one)).toHaveLength(1);
    expect(await storedIds(store, two)).toHaveLength(1);
  });

  test('the same content under another id is another event', async () => {
    const { store } = subject;
    const stream = newStream();
    await store.append([newStreamWith(stream, anEvent({ n: 1 }))]);
    const result = await store.append([newStreamWith(stream, anEvent({ n: 1 }))]);
    expect(result).toEqual({ kind: 'conflict', streams: [stream] });
  });

  test('text survives whatever it is made of', async () => {
    const { store } = subject;
    const data = {
      'schlüssel "quoted" \\ back\tslash\n': 'Wert: 東京 🗼 \u0000 \u2028 \ud800 \udc00 end',
      'lone surrogates': ['\ud83d', '\udfff'],
      '': 'empty key',
      ['__proto__']: 'not the prototype',
      numbers: [0, -1.5, 1e300, Number.MAX_SAFE_INTEGER],
    };
    const stream = newStream();
    await store.append([newStreamWith(stream, anEvent(data))]);
    const [recorded] = await collect(store.readStream(stream));
    expect(recorded?.data).toEqual(data);
  });

  test('members without a value are left out, as in JSON', async () => {
    const { store } = subject;
    const stream = newStream();
    await store.append([newStreamWith(stream, anEvent({ kept: null, left: undefined }))]);
    const [recorded] = await collect(store.readStream(stream));
    expect(Object.keys(recorded?.data ?? {})).toEqual(['kept']);
  });

  test('what the caller does to an event afterwards is not stored', async () => {
    const { store } = subject;
    const stream = newStream();
    const data = { n: 1 };
    const result = store.append([newStreamWith(stream, anEvent(data))]);
    data.n = 2;
    await result;
    const [recorded] = await collect(store.readStream(stream));
    expect(recorded?.data).toEqual({ n: 1 });
  });

  test('a large event comes back whole', async () => {
    const { store, harness } = subject;
    const size = harness.largeEventBytes ?? 1_000_000;
    const text = 'a line of text, '.repeat(Math.ceil(size / 16)).slice(0, size - 12);
    const stream = newStream();
    await store.append([newStreamWith(stream, anEvent({ text }))]);
    const [recorded] = await collect(store.readStream(stream));
    expect(recorded?.data).toEqual({ text });
  });

  test('a closed store is unavailable, not silent', async () => {
    const closed = await subject.connect();
    await closed.close();
    await closed.close();
    const result = closed.append([newStreamWith(newStream(), anEvent())]);
    await expect(result).rejects.toThrow(EventStoreUnavailable);
  });

  test('closing waits for the appends under way', async () => {
    const closing = await subject.connect();
    const streams = Array.from({ length: 50 }, () => newStream());
    const results = streams.map((stream) => closing.append([newStreamWith(stream, anEvent())]));
    await closing.close();
    for (const result of await Promise.all(results)) appended(result);
    expect(await storedIds(subject.store, streams[49] as string)).toHaveLength(1);
  });
}
