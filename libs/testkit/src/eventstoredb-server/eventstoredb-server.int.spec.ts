import { randomUUID } from 'node:crypto';
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  type Filter,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EventStoreDbServer } from './server.js';

/** Everything here is asked by the public commands of EventStoreDB's own client. */
let server: EventStoreDbServer;
let client: EventStoreDBClient;

beforeEach(async () => {
  server = await EventStoreDbServer.start();
  client = EventStoreDBClient.connectionString(server.connectionString);
});
afterEach(async () => {
  await client.dispose();
  await server.stop();
});

type FilterOptions = Omit<Parameters<typeof streamNameFilter>[0], 'regex' | 'prefixes'>;
const anEvent = (n = 0, type = 'Counted') => jsonEvent({ id: randomUUID(), type, data: { n } });
const someEvents = (count: number) => Array.from({ length: count }, (_, n) => anEvent(n));
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 5_000, interval: 5 });
/** Credentials make the client use the plain Append call. */
const PLAIN = { credentials: { username: 'any', password: 'any' } };

interface Heard {
  readonly event?: { readonly data: unknown };
}
const numberOf = ({ event }: Heard) => (event as { data: { n: number } }).data.n;

async function numbers(events: AsyncIterable<Heard>): Promise<number[]> {
  const found: number[] = [];
  for await (const event of events) found.push(numberOf(event));
  return found;
}

describe.each([
  ['BatchAppend', {}],
  ['Append', PLAIN],
])('an append by %s', (_, call) => {
  test('gets revisions from 0 and growing positions', async () => {
    const first = await client.appendToStream('a-1', someEvents(2), { ...call });
    const second = await client.appendToStream('b-1', someEvents(1), { ...call });
    expect(first.nextExpectedRevision).toBe(1n);
    expect(second.nextExpectedRevision).toBe(0n);
    expect(second.position?.commit).toBeGreaterThan(first.position?.commit as bigint);
  });

  test.each([
    ['no stream', NO_STREAM, 'no_stream'],
    ['an overtaken revision', 0n, 0n],
    ['a revision to come', 7n, 7n],
  ] as const)(
    'expecting %s is told what is there',
    async (_, expectedRevision, expectedVersion) => {
      await client.appendToStream('a-1', someEvents(3));
      const append = client.appendToStream('a-1', anEvent(), { ...call, expectedRevision });
      const error = await append.catch((reason: WrongExpectedVersionError) => reason);
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({ streamName: 'a-1', expectedVersion, actualVersion: 2n });
    },
  );

  test('expecting a stream that is not there fails', async () => {
    const options = { ...call, expectedRevision: STREAM_EXISTS } as const;
    await expect(client.appendToStream('a-1', anEvent(), options)).rejects.toThrow(
      WrongExpectedVersionError,
    );
  });

  test.each([
    ['its revision', NO_STREAM],
    ['any revision', 'any'],
  ] as const)('repeated at %s is written once', async (_, expectedRevision) => {
    const events = someEvents(3);
    const options = { ...call, expectedRevision };
    const first = await client.appendToStream('a-1', events, options);
    await client.appendToStream('a-1', anEvent(9));
    expect(await client.appendToStream('a-1', events, options)).toEqual(first);
    expect(await numbers(client.readStream('a-1'))).toEqual([0, 1, 2, 9]);
  });

  test('repeated in part only is a wrong version', async () => {
    const [one, two] = someEvents(2);
    await client.appendToStream('a-1', [one as never, two as never]);
    const append = client.appendToStream('a-1', [one as never, anEvent()], {
      ...call,
      expectedRevision: NO_STREAM,
    });
    await expect(append).rejects.toThrow(WrongExpectedVersionError);
  });

  test('over the limit of size is refused as a whole', async () => {
    const large = jsonEvent({ type: 'Large', data: { text: 'x'.repeat(600_000) } });
    const append = client.appendToStream('a-1', [large, large], { ...call });
    await expect(append).rejects.toThrow(MaxAppendSizeExceededError);
    expect(server.log.length).toBe(0);
  });

  test('to a stream that was tombstoned is refused', async () => {
    await client.appendToStream('a-1', anEvent());
    await client.tombstoneStream('a-1');
    await expect(client.appendToStream('a-1', anEvent(), { ...call })).rejects.toThrow(
      StreamDeletedError,
    );
    await expect(numbers(client.readStream('a-1'))).rejects.toThrow(StreamDeletedError);
  });
});

describe('reading', () => {
  test('a stream, either way, from anywhere, as many as asked', async () => {
    await client.appendToStream('a-1', someEvents(10));
    const read = (options: object) => numbers(client.readStream('a-1', options));
    expect(await read({ fromRevision: 7n })).toEqual([7, 8, 9]);
    expect(await read({ maxCount: 2 })).toEqual([0, 1]);
    expect(await read({ direction: BACKWARDS, fromRevision: END, maxCount: 2 })).toEqual([9, 8]);
    expect(await read({ direction: BACKWARDS, fromRevision: 1n })).toEqual([1, 0]);
    await expect(numbers(client.readStream('b-1'))).rejects.toThrow(StreamNotFoundError);
  });

  test('all events, either way: forwards with the position given, backwards without', async () => {
    const results = [];
    for (let n = 0; n < 4; n += 1) results.push(await client.appendToStream(`a-${n}`, anEvent(n)));
    const fromPosition = results[2]?.position as { commit: bigint; prepare: bigint };
    expect(await numbers(client.readAll())).toEqual([0, 1, 2, 3]);
    expect(await numbers(client.readAll({ fromPosition }))).toEqual([2, 3]);
    expect(await numbers(client.readAll({ direction: BACKWARDS, fromPosition: END }))).toEqual([
      3, 2, 1, 0,
    ]);
    expect(await numbers(client.readAll({ direction: BACKWARDS, fromPosition }))).toEqual([1, 0]);
  });

  test('a position at which no record begins is refused', async () => {
    const { position } = await client.appendToStream('a-1', someEvents(3));
    const commit = (position?.commit as bigint) - 1n;
    const read = numbers(client.readAll({ fromPosition: { commit, prepare: commit } }));
    await expect(read).rejects.toThrow(/Invalid position/);
  });

  test('a deleted stream is not found, and goes on where it was', async () => {
    await client.appendToStream('a-1', someEvents(3));
    await client.deleteStream('a-1', { expectedRevision: 2n });
    await expect(numbers(client.readStream('a-1'))).rejects.toThrow(StreamNotFoundError);
    const result = await client.appendToStream('a-1', anEvent(7), { expectedRevision: NO_STREAM });
    expect(result.nextExpectedRevision).toBe(3n);
    expect(await numbers(client.readStream('a-1'))).toEqual([7]);
  });
});

describe('subscribing', () => {
  test('to all: what is there, word that it was all, then what comes', async () => {
    await client.appendToStream('a-1', someEvents(3));
    const heard: (number | string)[] = [];
    const subscription = client.subscribeToAll();
    subscription.on('confirmation', () => heard.push('confirmed'));
    subscription.on('caughtUp', () => heard.push('caught up'));
    subscription.on('data', (event) => heard.push(numberOf(event)));
    await until(() => heard.includes('caught up') && heard.includes(2));
    await client.appendToStream('a-1', anEvent(3));
    await until(() => heard.includes(3));
    expect(heard[0]).toBe('confirmed');
    expect(heard.filter((each) => typeof each === 'number')).toEqual([0, 1, 2, 3]);
    await subscription.unsubscribe();
  });

  test('from a position begins behind it, and to one stream hears of that one', async () => {
    const { position } = await client.appendToStream('a-1', anEvent(0));
    await client.appendToStream('a-1', anEvent(1));
    await client.appendToStream('b-1', anEvent(2));
    const [all, one]: [number[], number[]] = [[], []];
    const fromPosition = position as { commit: bigint; prepare: bigint };
    const toAll = client.subscribeToAll({ fromPosition });
    toAll.on('data', (event) => all.push(numberOf(event)));
    const toOne = client.subscribeToStream('a-1', { fromRevision: 0n });
    toOne.on('data', (event) => one.push(numberOf(event)));
    await until(() => all.length === 2 && one.length === 1);
    expect([all, one]).toEqual([[1, 2], [1]]);
    await Promise.all([toAll.unsubscribe(), toOne.unsubscribe()]);
  });

  test.each<[string, (options: FilterOptions) => Filter]>([
    ['prefixes of streams', (by) => streamNameFilter({ ...by, prefixes: ['wanted-'] })],
    ['a pattern of streams', (by) => streamNameFilter({ ...by, regex: '^wanted' })],
    ['prefixes of types', (by) => eventTypeFilter({ ...by, prefixes: ['Wanted'] })],
  ])('by %s passes what fits and tells how far it has looked', async (_, filter) => {
    const checkpoints: bigint[] = [];
    const checkpointReached = async (_: unknown, { commit }: { commit: bigint }) => {
      checkpoints.push(commit);
    };
    const heard: number[] = [];
    const subscription = client.subscribeToAll({
      filter: filter({ maxSearchWindow: 10, checkpointInterval: 1, checkpointReached }),
    });
    subscription.on('data', (event) => heard.push(numberOf(event)));
    for (let n = 0; n < 25; n += 1) {
      const [stream, type] = n % 10 === 0 ? ['wanted-1', 'Wanted'] : ['other-1', 'Other'];
      await client.appendToStream(stream, anEvent(n, type));
    }
    await until(() => checkpoints.length === 2 && heard.length === 3);
    expect(heard).toEqual([0, 10, 20]);
    expect(checkpoints).toEqual(
      [server.log.at(9).position, server.log.at(19).position].map(BigInt),
    );
    await subscription.unsubscribe();
  });
});
