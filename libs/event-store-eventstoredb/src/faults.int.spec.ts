import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { EventStoreUnavailable, NO_STREAM, type StreamAppend } from '@imprest/application';
import type { EventEnvelope, JsonObject } from '@imprest/event-catalogue';
import { EventStoreDbServer } from '@imprest/testkit/eventstoredb';
import { CuttableProxy } from '@imprest/testkit/network';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';

function anEvent(data: JsonObject = {}): EventEnvelope {
  const actor = { kind: 'system', id: 'test' } as const;
  const occurredAt = '2026-01-31T12:00:00.000Z';
  const metadata = { correlationId: 'request', causationId: 'command', occurredAt, actor };
  return { eventId: randomUUID(), type: 'SomethingHappened', version: 1, data, metadata };
}

const anAppend = (stream = `test-${randomUUID()}`, data?: JsonObject): StreamAppend => ({
  stream,
  expectedRevision: NO_STREAM,
  events: [anEvent(data)],
});
const aCall = (stream?: string, data?: JsonObject) => [anAppend(stream, data)];
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 8_000, interval: 5 });

let server: EventStoreDbServer;
let proxy: CuttableProxy;
let store: EventStoreDbEventStore;
let retrying: string[];

const connect = (connectionString: string, answerTimeoutMs = 5_000, retryForMs = 5_000) =>
  EventStoreDbEventStore.connect({
    connectionString,
    answerTimeoutMs,
    retryForMs,
    observer: { retrying: (what) => retrying.push(what) },
  });
const storedEvents = () => Array.from({ length: server.log.length }, (_, n) => server.log.at(n));
const storedStreams = () => storedEvents().map(({ stream }) => stream);

beforeEach(async () => {
  retrying = [];
  server = await EventStoreDbServer.start();
  proxy = await CuttableProxy.to(server.connectionString);
  store = await connect(proxy.url);
});
afterEach(async () => {
  server.faults.restore();
  proxy.restore();
  await store.close();
  await proxy.close();
  await server.stop();
});

describe('appending when things break', () => {
  test('given a connection lost under appends, they are repeated and each is written once', async () => {
    await store.append(aCall());
    proxy.silenceServer();
    const calls = Array.from({ length: 20 }, () => aCall());
    const results = calls.map((call) => store.append(call));
    // The server writes; only its answer is lost.
    await until(() => server.log.length === 21);
    proxy.restore();
    proxy.breakConnections();
    const settled = await Promise.all(results);
    expect(settled.map(({ kind }) => kind)).toEqual(calls.map(() => 'appended'));
    expect(storedStreams()).toHaveLength(21);
    expect(retrying).toContain('append');
  });

  test('given a call of several streams cut off in the middle, all of it is written once and in order', async () => {
    const first = anAppend();
    await store.append(aCall());
    server.faults.set({ holdAnswers: true });
    const result = store.append([first, anAppend('test-b'), anAppend('test-last')]);
    await until(() => server.log.length === 3);
    server.faults.set({ holdAnswers: false });
    server.dropConnections();
    expect(await result).toMatchObject({ kind: 'appended' });
    expect(storedStreams().slice(1)).toEqual([first.stream, 'test-b', 'test-last']);
  });

  test('given no server, an append waits out a short outage', async () => {
    proxy.cut();
    const result = store.append(aCall());
    await delay(300);
    proxy.restore();
    expect(await result).toMatchObject({ kind: 'appended' });
    expect(storedStreams()).toHaveLength(1);
  });

  test('given a long outage, appends fail, later ones soon, and go by themselves when it is over', async () => {
    const impatient = await connect(proxy.url, 1_000, 300);
    proxy.cut();
    await expect(impatient.append(aCall())).rejects.toThrow(EventStoreUnavailable);
    const startedAt = performance.now();
    await expect(impatient.append(aCall())).rejects.toThrow(EventStoreUnavailable);
    expect(performance.now() - startedAt).toBeLessThan(250);
    proxy.restore();
    const back = () => impatient.append(aCall()).then(Boolean, () => false);
    await vi.waitUntil(back, { timeout: 5_000 });
    expect(storedStreams()).toHaveLength(1);
    await impatient.close();
  });

  test('given a server that takes appends and does not answer, they are repeated and written once', async () => {
    const impatient = await connect(server.connectionString, 300);
    server.faults.set({ ignoreAppends: true });
    const results = Promise.all([impatient.append(aCall()), impatient.append(aCall())]);
    await delay(700);
    expect(server.log.length).toBe(0);
    server.faults.restore();
    expect((await results).map(({ kind }) => kind)).toEqual(['appended', 'appended']);
    expect(storedStreams()).toHaveLength(2);
    await impatient.close();
  });

  test('given answers that come after the time is over, appends are written once and nothing else breaks', async () => {
    const impatient = await connect(server.connectionString, 300, 900);
    server.faults.set({ delayAnswersMs: 700 });
    const call = aCall();
    await expect(impatient.append(call)).rejects.toThrow(EventStoreUnavailable);
    server.faults.restore();
    await delay(800);
    expect(await impatient.append(call)).toMatchObject({ kind: 'appended' });
    expect(storedStreams()).toEqual([call[0]?.stream]);
    await impatient.close();
  });

  test('given a network that swallows what the server says, appends and reads fail in time and go again afterwards', async () => {
    const impatient = await connect(proxy.url, 300, 500);
    proxy.silenceServer();
    await expect(impatient.append(aCall())).rejects.toThrow(EventStoreUnavailable);
    await expect(impatient.head()).rejects.toThrow(EventStoreUnavailable);
    proxy.restore();
    proxy.breakConnections();
    expect(await impatient.append(aCall())).toMatchObject({ kind: 'appended' });
    await impatient.close();
  });

  test.each(['busy', 'notReady', 'timeout'] as const)(
    'given a server that is %s for a while, an append is repeated until it is taken',
    async (refuse) => {
      server.faults.set({ refuse });
      const result = store.append(aCall());
      await delay(150);
      server.faults.restore();
      expect(await result).toMatchObject({ kind: 'appended' });
      expect(storedStreams()).toHaveLength(1);
    },
  );

  test('given credentials the server does not take, an append fails at once and says so', async () => {
    server.faults.set({ refuse: 'accessDenied' });
    await expect(store.append(aCall('test-1'))).rejects.toThrow(/test-1 was refused: AccessDenied/);
  });

  test('an append over the server’s limit is refused, others on the same connection are not', async () => {
    const large = aCall('test-large', { text: 'x'.repeat(1_100_000) });
    const [refused, taken] = await Promise.allSettled([store.append(large), store.append(aCall())]);
    expect(refused).toMatchObject({ reason: expect.any(RangeError) });
    expect(taken).toMatchObject({ status: 'fulfilled' });
  });

  test('what breaks for one store of a process leaves the appends of another alone', async () => {
    const other = await EventStoreDbServer.start();
    const untouched = await connect(other.connectionString);
    other.faults.set({ delayAnswersMs: 100 });
    server.faults.set({ holdAnswers: true });
    const lost = store.append(aCall());
    const kept = untouched.append(aCall());
    await until(() => server.log.length === 1 && other.log.length === 1);
    server.faults.set({ holdAnswers: false });
    server.dropConnections();
    expect(await kept).toMatchObject({ kind: 'appended' });
    expect(await lost).toMatchObject({ kind: 'appended' });
    expect(retrying).toEqual(['append']);
    await untouched.close();
    await other.stop();
  });

  test('too many waiting appends are turned away', async () => {
    const narrow = await EventStoreDbEventStore.connect({
      connectionString: server.connectionString,
      maxQueuedAppends: 2,
    });
    server.faults.set({ holdAnswers: true });
    const waiting = [narrow.append(aCall()), narrow.append(aCall())];
    await expect(narrow.append(aCall())).rejects.toThrow(/2 appends are waiting/);
    server.faults.restore();
    await Promise.all(waiting);
    await narrow.close();
  });
});

describe('following when things break', () => {
  const follow = (from: EventStoreDbEventStore, categories?: readonly string[]) => {
    const seen: string[] = [];
    const subscription = from.subscribe({ after: 0n, categories }, async ({ events }) => {
      seen.push(...events.map((event) => event.stream));
    });
    return { seen, subscription };
  };

  test('given outages, a subscription goes on where it was, misses nothing and repeats nothing', async () => {
    const direct = await connect(server.connectionString);
    const { seen, subscription } = follow(store);
    const written: string[] = [];
    const write = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        const call = anAppend();
        await direct.append([call]);
        written.push(call.stream);
      }
    };
    const caughtUp = () => until(() => seen.length === written.length);
    await write(5);
    await caughtUp();
    proxy.breakConnections();
    await write(5);
    await caughtUp();
    proxy.cut();
    await write(5);
    await until(() => retrying.includes('subscription'));
    proxy.restore();
    await write(5);
    await caughtUp();
    expect(seen).toEqual(written);
    await subscription.close();
    await direct.close();
  });

  test('given a subscription that is never sent what is there, it is opened again', async () => {
    const impatient = await connect(server.connectionString, 300);
    const { seen, subscription } = follow(impatient, ['test']);
    await impatient.append(aCall('test-1'));
    await until(() => seen.length === 1);
    server.faults.set({ silentReads: true });
    await impatient.append(aCall('test-2'));
    await delay(500);
    server.faults.restore();
    await until(() => seen.length === 2);
    await subscription.close();
    await impatient.close();
  });

  test('a position is never ahead of an event that was not handled, however slow the handler', async () => {
    const handled: number[] = [];
    const ahead: string[] = [];
    const subscription = store.subscribe(
      { after: 0n, categories: ['wanted'], batchSize: 3 },
      async ({ events, position }) => {
        await delay(1);
        handled.push(...events.map((event) => Number(event.position)));
        const due = storedEvents().filter(
          (event) => event.stream.startsWith('wanted-') && event.position <= Number(position),
        );
        if (due.length !== handled.length) ahead.push(`${position}: ${due.length}`);
      },
    );
    // More than the server's search window, so that checkpoints come between the events.
    const calls = Array.from({ length: 1_800 }, (_, n) =>
      aCall(`${n % 97 === 0 ? 'wanted' : 'other'}-${n}`),
    );
    for (let n = 0; n < calls.length; n += 200) {
      await Promise.all(calls.slice(n, n + 200).map((call) => store.append(call)));
    }
    const wanted = storedEvents().filter(({ stream }) => stream.startsWith('wanted-'));
    await until(() => handled.length === wanted.length);
    expect(ahead).toEqual([]);
    expect(handled).toEqual(wanted.map(({ position }) => position));
    await subscription.close();
  });

  test('the server’s own events are not ours', async () => {
    const client = EventStoreDBClient.connectionString(server.connectionString);
    await store.append(aCall('test-1'));
    await store.append(aCall('test-2'));
    await client.deleteStream('test-1');
    const { seen, subscription } = follow(store);
    await store.append(aCall('test-3'));
    await until(() => seen.length === 3);
    expect(seen).toEqual(['test-1', 'test-2', 'test-3']);
    expect(storedStreams()).toContain('$$test-1');
    await subscription.close();
    await client.dispose();
  });
});

test('events larger than what may wait are all brought, to readers and to consumers', async () => {
  const text = 'x'.repeat(900_000);
  for (let n = 0; n < 24; n += 1) await store.append(aCall(`large-${n}`, { text }));
  const read: string[] = [];
  for await (const page of store.readAll({ after: 0n })) {
    await delay(1);
    read.push(...page.map(({ stream }) => stream));
  }
  const seen: string[] = [];
  const subscription = store.subscribe({ after: 0n, categories: ['large'] }, async ({ events }) => {
    seen.push(...events.map(({ stream }) => stream));
  });
  await until(() => seen.length === 24);
  expect(read).toEqual(storedStreams());
  expect(seen).toEqual(read);
  await subscription.close();
});

test('no category is no event', async () => {
  await store.append(aCall('test-1'));
  const found: unknown[] = [];
  for await (const page of store.readAll({ after: 0n, categories: [] })) found.push(...page);
  expect(found).toEqual([]);
});

test('user and password go along, where there is no TLS as well', async () => {
  const { port } = server;
  const known = await connect(`esdb://someone:secret@127.0.0.1:${port}?tls=false`);
  expect(await known.append(aCall('test-1'))).toMatchObject({ kind: 'appended' });
  expect(await known.head()).toBeGreaterThan(0n);
  await known.close();
});

test('events are written as EventStoreDB’s own tools know them', async () => {
  await store.append(aCall('test-1', { tokens: '10' }));
  const client = EventStoreDBClient.connectionString(server.connectionString);
  for await (const { event } of client.readStream('test-1')) {
    expect(event).toMatchObject({
      type: 'SomethingHappened',
      isJson: true,
      data: { tokens: '10' },
      metadata: { $correlationId: 'request', $causationId: 'command', version: 1 },
    });
  }
  await client.dispose();
});

test('a server that is not there is told at once', async () => {
  const nowhere = 'esdb://127.0.0.1:1?tls=false';
  await expect(EventStoreDbEventStore.connect({ connectionString: nowhere })).rejects.toThrow(
    /cannot reach the event store/,
  );
});
