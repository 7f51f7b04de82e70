import { START_OF_STORE } from '@imprest/application';
import { expect, test } from 'vitest';
import {
  anEvent,
  appended,
  collect,
  events,
  fill,
  idsOf,
  newCategory,
  newStream,
  newStreamWith,
} from './fixtures.js';
import type { EventStoreSubject } from './subject.js';

export function readConformance(subject: EventStoreSubject): void {
  const longStream = async (length: number) => {
    const stream = newStream();
    const written = events(length);
    appended(await subject.store.append([newStreamWith(stream, ...written)]));
    return { stream, ids: idsOf(written) };
  };

  test('a stream that does not exist has no page', async () => {
    for (const direction of ['forwards', 'backwards'] as const) {
      const pages = subject.store.readStream(newStream(), { direction });
      for await (const page of pages) expect.fail(`a page of ${page.length} events`);
    }
  });

  test('metadata comes back as it was, with a trace context where there was one and without elsewhere', async () => {
    const [plain, other] = [anEvent(), anEvent()];
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const traced = { ...other, metadata: { ...other.metadata, traceparent } };
    const stream = newStream();
    appended(await subject.store.append([newStreamWith(stream, plain, traced)]));
    const read = await collect(subject.store.readStream(stream));
    expect(read.map(({ metadata }) => metadata)).toStrictEqual([plain.metadata, traced.metadata]);
  });

  test('a stream of many pages is read whole, forwards and backwards', async () => {
    const { stream, ids } = await longStream(1_234);
    const forwards = await collect(subject.store.readStream(stream));
    const backwards = await collect(subject.store.readStream(stream, { direction: 'backwards' }));
    expect(idsOf(forwards)).toEqual(ids);
    expect(idsOf(backwards)).toEqual(ids.toReversed());
  });

  test('streams read side by side are each read whole, whatever their length and wherever from', async () => {
    const written = await Promise.all([1, 31, 32, 33, 600, 2].map(longStream));
    const asked = written.flatMap(({ stream, ids }) =>
      [0, 1, 30].map((fromRevision) => ({ stream, fromRevision, ids: ids.slice(fromRevision) })),
    );
    const absent = { stream: newStream(), fromRevision: 0, ids: [] };
    const read = await Promise.all(
      [...asked, absent, ...asked, ...asked, ...asked].map(
        async ({ stream, fromRevision, ids }) => {
          const found = await collect(subject.store.readStream(stream, { fromRevision }));
          return { ids, found: idsOf(found), streams: new Set(found.map((event) => event.stream)) };
        },
      ),
    );
    for (const { ids, found, streams } of read) {
      expect(found).toEqual(ids);
      expect(streams.size).toBeLessThanOrEqual(1);
    }
  });

  test('a name that no stream can have harms nobody who reads beside', async () => {
    const { stream, ids } = await longStream(2);
    const read = [stream, 'no\u0000name', stream, 'no\ud800name', `${stream}\u001f`, stream].map(
      (name) => collect(subject.store.readStream(name)).then(idsOf, () => 'refused'),
    );
    const answers = await Promise.all(read);
    expect([answers[0], answers[2], answers[5]]).toEqual([ids, ids, ids]);
    for (const answer of answers) expect([[], ids, 'refused']).toContainEqual(answer);
  });

  test.each([
    ['forwards', 0, 3, [0, 1, 2]],
    ['forwards', 7, 2, [7, 8]],
    ['forwards', 7, undefined, [7, 8, 9]],
    ['forwards', 10, undefined, []],
    ['forwards', undefined, 1, [0]],
    ['forwards', 3, 0, []],
    ['backwards', undefined, 2, [9, 8]],
    ['backwards', 2, undefined, [2, 1, 0]],
    ['backwards', 5, 2, [5, 4]],
    ['backwards', 99, 1, [9]],
  ] as const)(
    'of ten events, reading %s from %s at most %s gives %j',
    async (direction, fromRevision, maxCount, expected) => {
      const { stream } = await longStream(10);
      const options = { direction, fromRevision, maxCount };
      const recorded = await collect(subject.store.readStream(stream, options));
      expect(recorded.map((event) => event.revision)).toEqual(expected);
    },
  );

  test('a limit holds across pages', async () => {
    const { stream, ids } = await longStream(1_200);
    const recorded = await collect(subject.store.readStream(stream, { maxCount: 1_111 }));
    expect(idsOf(recorded)).toEqual(ids.slice(0, 1_111));
  });

  test('streams are told apart by every character of their names', async () => {
    const { store } = subject;
    const name = newStream();
    const streams = [name, name.toUpperCase(), `${name} `, `${name}ä`, `${name}_`];
    for (const stream of streams) await store.append([newStreamWith(stream, anEvent({ stream }))]);
    for (const stream of streams) {
      const recorded = await collect(store.readStream(stream));
      expect(recorded.map((event) => event.data)).toEqual([{ stream }]);
    }
  });

  test('the whole store is read in the order of positions', async () => {
    const { store } = subject;
    const category = newCategory();
    const { events: written, positions } = await fill(store, category, 30);
    const recorded = await collect(store.readAll({ after: START_OF_STORE }));
    const mine = recorded.filter((event) => event.stream.startsWith(category));
    expect(idsOf(mine)).toEqual(idsOf(written));
    expect(mine.map((event) => event.position)).toEqual(positions);
    const all = recorded.map((event) => event.position);
    expect(all.every((position, n) => n === 0 || position > (all[n - 1] as bigint))).toBe(true);
  });

  test('a range excludes its start and includes its end', async () => {
    const { store } = subject;
    const category = newCategory();
    const { events: written, positions } = await fill(store, category, 6);
    const range = { after: positions[1] as bigint, upTo: positions[4] as bigint };
    const recorded = await collect(store.readAll({ ...range, categories: [category] }));
    expect(idsOf(recorded)).toEqual(idsOf(written.slice(2, 5)));
    expect(await collect(store.readAll({ after: range.upTo, upTo: range.upTo }))).toEqual([]);
  });

  test('pages of any size give the same events', async () => {
    const { store } = subject;
    const [one, two, other] = [newCategory(), newCategory(), newCategory()];
    const after = await store.head();
    for (const category of [one, other, two, other, one]) await fill(store, category, 7);
    const categories = [one, two];
    const whole = await collect(store.readAll({ after, categories }));
    expect(whole).toHaveLength(21);
    for (const pageSize of [1, 2, 7, 21, 22, 500]) {
      const sizes: number[] = [];
      const recorded: typeof whole = [];
      for await (const page of store.readAll({ after, categories, pageSize })) {
        sizes.push(page.length);
        recorded.push(...page);
      }
      expect(recorded).toEqual(whole);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(pageSize);
      expect(Math.min(...sizes)).toBeGreaterThan(0);
    }
  });

  test('a category is not the beginning of another one', async () => {
    const { store } = subject;
    const category = newCategory();
    const after = await store.head();
    await fill(store, `${category}Longer`, 2);
    await fill(store, category, 3);
    expect(await collect(store.readAll({ after, categories: [category] }))).toHaveLength(3);
  });

  test('reading the whole store ends at the head it had when reading began', async () => {
    const { store } = subject;
    const category = newCategory();
    const after = await store.head();
    const { events: written } = await fill(store, category, 5);
    const seen: string[] = [];
    const options = { after, categories: [category], pageSize: 1 };
    for await (const page of store.readAll(options)) {
      seen.push(...idsOf(page));
      if (seen.length < 20) await fill(store, category, 1);
    }
    expect(seen).toEqual(idsOf(written));
  });

  test('a reader is told how far it is, and what it has ended goes on from there', async () => {
    const { store } = subject;
    const [rare, noise] = [newCategory(), newCategory()];
    let after = await store.head();
    for (const count of [3, 600, 1_200]) {
      await fill(store, rare, 2);
      await fill(store, noise, count);
    }
    const whole = idsOf(await collect(store.readAll({ after, categories: [rare] })));
    const seen: string[] = [];
    let looks = 0;
    for (let ended = true; ended; looks += 1) {
      ended = false;
      const onLook = (position: bigint) => {
        expect(position).toBeGreaterThanOrEqual(after);
        ended = position > after;
        after = position;
        return !ended;
      };
      const range = { after, categories: [rare], pageSize: 1, onLook };
      for await (const page of store.readAll(range)) seen.push(...idsOf(page));
      expect(seen).toEqual(whole.slice(0, seen.length));
    }
    expect(seen).toEqual(whole);
    expect(looks).toBeGreaterThan(2);
  });

  test('a reader that stops in the middle leaves the store usable', async () => {
    const { store } = subject;
    const category = newCategory();
    const after = await store.head();
    await fill(store, category, 10);
    for (let n = 0; n < 20; n += 1) {
      for await (const page of store.readAll({ after, pageSize: 2 })) {
        expect(page.length).toBeGreaterThan(0);
        break;
      }
    }
    expect(await collect(store.readAll({ after, categories: [category] }))).toHaveLength(10);
  });

  test('the head is at least the position of the last append', async () => {
    const { store } = subject;
    const other = await subject.connect();
    const position = appended(await store.append([newStreamWith(newStream(), anEvent())]));
    expect(await store.head()).toBeGreaterThanOrEqual(position);
    expect(await other.head()).toBeGreaterThanOrEqual(position);
  });
}
