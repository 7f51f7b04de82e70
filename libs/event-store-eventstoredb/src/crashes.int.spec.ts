import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NO_STREAM, type StreamAppend } from '@imprest/application';
import type { EventEnvelope } from '@imprest/event-catalogue';
import { EventStoreDbServerProcess } from '@imprest/testkit/eventstoredb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';

let folder: string;
let dataFile: string;
let server: EventStoreDbServerProcess;
let store: EventStoreDbEventStore;

function anEvent(): EventEnvelope {
  const actor = { kind: 'system', id: 'test' } as const;
  const occurredAt = '2026-01-31T12:00:00.000Z';
  const metadata = { correlationId: 'request', causationId: 'command', occurredAt, actor };
  return { eventId: randomUUID(), type: 'Counted', version: 1, data: {}, metadata };
}

const aStream = (category: string): StreamAppend => ({
  stream: `${category}-${randomUUID()}`,
  expectedRevision: NO_STREAM,
  events: [anEvent()],
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'imprest-eventstoredb-'));
  dataFile = join(folder, 'log');
  server = await EventStoreDbServerProcess.start({ dataFile });
  store = await EventStoreDbEventStore.connect({ connectionString: server.connectionString });
});
afterEach(async () => {
  await store.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** Appends one after the other until told to stop; answers what it was told is written, in order. */
function keepWriting(category: string) {
  const written: string[] = [];
  let stopped = false;
  const finished = (async () => {
    while (!stopped) {
      const call = [aStream(category), aStream(category)];
      const result = await store.append(call);
      expect(result.kind).toBe('appended');
      written.push(...call.map(({ stream }) => stream));
    }
  })();
  const stop = async () => {
    stopped = true;
    await finished;
    return written;
  };
  return { written, stop };
}

test('given a server killed and started again under writers and a reader, everything is there once and in order', async () => {
  const seen: { readonly stream: string; readonly position: bigint }[] = [];
  const subscription = store.subscribe({ after: 0n, categories: ['count'] }, async (batch) => {
    seen.push(...batch.events);
  });
  const writers = Array.from({ length: 8 }, () => keepWriting('count'));
  const count = () => writers.reduce((sum, { written }) => sum + written.length, 0);
  const more = (than = count() + 40) =>
    vi.waitUntil(() => count() >= than, { timeout: 10_000, interval: 5 });
  for (let round = 0; round < 3; round += 1) {
    await more();
    await server.kill();
    await delay(150);
    await server.restart();
  }
  await more();
  const written = (await Promise.all(writers.map((writer) => writer.stop()))).flat();

  await vi.waitUntil(() => seen.length >= written.length, { timeout: 10_000 });
  await delay(100);
  expect(seen.map(({ stream }) => stream).toSorted()).toEqual(written.toSorted());
  expect(seen.every(({ position }, n) => n === 0 || position > (seen[n - 1]?.position ?? 0n))).toBe(
    true,
  );
  await subscription.close();
});

test('given a record cut off in the middle, the server begins behind the last whole one', async () => {
  const kept = aStream('kept');
  const before = await store.append([kept]);
  await server.kill();
  const line = readFileSync(dataFile, 'utf8');
  appendFileSync(dataFile, line.slice(0, line.length / 2));
  await server.restart();
  const after = await store.append([aStream('kept')]);
  expect(await server.state()).toMatchObject({ events: 2 });
  expect(await store.append([kept])).toEqual(before);
  expect(after).toMatchObject({ kind: 'appended' });
});

test('faults are set from outside of the process', async () => {
  await server.setFaults({ delayAnswersMs: 200 });
  const startedAt = performance.now();
  await store.append([aStream('slow')]);
  expect(performance.now() - startedAt).toBeGreaterThan(190);
  await server.setFaults({ holdAnswers: true });
  const held = store.append([aStream('held')]);
  await vi.waitUntil(async () => (await server.state()).events === 2);
  await server.restore();
  expect(await held).toMatchObject({ kind: 'appended' });
  await server.dropConnections();
  expect(await store.append([aStream('after')])).toMatchObject({ kind: 'appended' });
});
