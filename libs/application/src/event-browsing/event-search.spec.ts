import { InMemoryEventStore } from '@imprest/testkit';
import { exampleEvent, generationRequest } from '@imprest/testkit/domain';
import { RecordedLog } from '@imprest/testkit/projections';
import { beforeEach, describe, expect, test } from 'vitest';
import { type EventStore, START_OF_STORE } from '../ports/event-store.js';
import { correlationOf, eventAt, eventPlace } from './event-place.js';
import { searchEvents } from './event-search.js';
import type { EventSelection } from './selected-events.js';

let store: InMemoryEventStore;

beforeEach(async () => {
  const log = new RecordedLog();
  for (const [id, tenantId] of [
    ['g1', 'ten_1'],
    ['g2', 'ten_2'],
  ] as const) {
    log.correlationId = `req-${id}`;
    log.record(id, { type: 'GenerationRequested', data: generationRequest({ tenantId }) });
    log.record(id, exampleEvent('GenerationStarted'), exampleEvent('GenerationCancelled'));
  }
  log.record('ten_1', exampleEvent('AccountOpened'));
  store = new InMemoryEventStore();
  await log.appendTo(store);
});

const search = (selection: EventSelection, more: object = {}) =>
  searchEvents(store, { selection, after: START_OF_STORE, limit: 10, ...more });
const found = async (selection: EventSelection, more: object = {}) =>
  (await search(selection, more)).events.map(({ stream, type }) => `${stream} ${type}`);

describe('a search of events', () => {
  test('finds by category, type, request and text', async () => {
    expect(await found({ category: ['tokenAccount'] })).toEqual([
      'tokenAccount-ten_1 AccountOpened',
    ]);
    expect(await found({ type: ['GenerationStarted'], correlation: 'req-g2' })).toEqual([
      'generation-g2 GenerationStarted',
    ]);
    expect(await found({ text: 'ACCOUNTOPENED' })).toHaveLength(1);
  });

  test('knows whose a stream is although it begins behind its first event', async () => {
    const [first] = (await search({ type: ['GenerationStarted'] })).events;
    const after = { after: first!.position };

    expect(await found({ tenant: 'ten_1' }, after)).toEqual([
      'generation-g1 GenerationCancelled',
      'tokenAccount-ten_1 AccountOpened',
    ]);
  });

  test('ends where it has found or looked at enough, and goes on from there', async () => {
    const one = await search({ type: ['GenerationStarted'] }, { limit: 1 });
    expect(one).toMatchObject({ lookedAt: 2, finished: false });
    const two = await search({ type: ['GenerationStarted'] }, { after: one.position });
    expect(two.events.map(({ stream }) => stream)).toEqual(['generation-g2']);
    expect(two).toMatchObject({ finished: true, position: two.head });
    expect(await search({}, { most: 3 })).toMatchObject({ lookedAt: 3, finished: false });
    expect(await search({}, { after: two.head })).toMatchObject({ events: [], finished: true });
  });

  test('looks no further than asked, and not at all when nobody waits any more', async () => {
    const { events } = await search({});
    const upTo = events[1]!.position;
    expect(await search({}, { upTo })).toMatchObject({
      lookedAt: 2,
      finished: true,
      position: upTo,
    });
    const gone = await search({}, { signal: AbortSignal.abort() });
    expect(gone).toMatchObject({ lookedAt: 0, finished: false });
  });

  test('ends between looks that find nothing, and goes on behind them', async () => {
    const patience = new AbortController();
    const looks: bigint[] = [];
    const sparse: Pick<EventStore, 'readAll' | 'readStream' | 'head'> = {
      readStream: (stream, options) => store.readStream(stream, options),
      head: async () => 1_000n,
      async *readAll({ after, upTo = 1_000n, onLook }) {
        for (let position = after + 100n; position < upTo; position += 100n) {
          looks.push(position);
          if (looks.length === 3) patience.abort();
          if (onLook?.(position) === false) return;
        }
        yield* [];
      },
    };
    const asked = { selection: { category: ['none'] }, limit: 1 };
    const cut = await searchEvents(sparse, { ...asked, after: 0n, signal: patience.signal });
    expect(cut).toMatchObject({ events: [], position: 300n, finished: false });
    const rest = await searchEvents(sparse, { ...asked, after: cut.position });
    expect(looks[3]).toBe(400n);
    expect(rest).toMatchObject({ events: [], position: 1_000n, finished: true });
  });
});

test('an event has a place, and a generation the request it began with', async () => {
  const place = eventPlace('generation-g1@1');
  expect(place).toEqual({ stream: 'generation-g1', revision: 1 });
  expect(await eventAt(store, place!)).toMatchObject({ type: 'GenerationStarted' });
  expect(await eventAt(store, { stream: 'generation-g1', revision: 9 })).toBeUndefined();
  expect(eventPlace('019bc1a4-7c00-7000-8000-00000000002a')).toBeUndefined();
  expect(await correlationOf(store, 'g1')).toBe('req-g1');
  expect(await correlationOf(store, 'req-g1')).toBe('req-g1');
});
