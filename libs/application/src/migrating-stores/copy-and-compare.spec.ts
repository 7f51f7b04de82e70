import type { StoredEvent } from '@imprest/event-catalogue';
import { InMemoryEventStore } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { NO_STREAM } from '../ports/event-store.js';
import { compareStores } from './compare-stores.js';
import type { CopyProgress } from './copy-progress.js';
import { copyStore } from './copy-store.js';
import { type CopyTarget, TargetInUse } from './copy-target.js';

class ListTarget implements CopyTarget {
  readonly events: StoredEvent[] = [];
  failAfter = Number.POSITIVE_INFINITY;
  completed = false;

  async copiedUpTo() {
    return this.events.at(-1)?.position ?? 0n;
  }
  async copy(events: readonly StoredEvent[]) {
    for (const event of events) {
      if (this.events.length >= this.failAfter) throw new Error('connection lost');
      this.events.push(event);
    }
  }
  async *readCopies() {
    yield this.events;
  }
  async complete() {
    this.completed = true;
  }
  async close() {}
}

let source: InMemoryEventStore;
let target: ListTarget;
let ids: string[];

async function happen(stream: string, expectedRevision: number, n: number): Promise<void> {
  const eventId = `00000000-0000-4000-8000-${String(ids.length).padStart(12, '0')}`;
  const metadata = {
    ...{ correlationId: 'c', causationId: 'c', occurredAt: '2026-01-31T12:00:00.000Z' },
    actor: { kind: 'system', id: 'test' } as const,
  };
  const events = [{ eventId, type: 'Counted', version: 1, data: { n }, metadata }];
  await source.append([{ stream, expectedRevision, events }]);
  ids.push(eventId);
}

beforeEach(async () => {
  source = new InMemoryEventStore();
  target = new ListTarget();
  ids = [];
  for (let n = 0; n < 5; n += 1) {
    await happen(`count-${n}`, NO_STREAM, n);
    await happen('count-0', n, n);
  }
});

const upTo = () => source.head();

describe('copying', () => {
  test('takes everything, in order, and tells how far it is', async () => {
    const told: CopyProgress[] = [];
    const copied = await copyStore({ source, target, onProgress: (each) => told.push(each) });
    expect(copied).toEqual({ events: 10, position: 10n });
    expect(target.events.map(({ eventId }) => eventId)).toEqual(ids);
    expect(told[0]).toEqual({ step: 'copying', events: 0, position: 0n, upTo: 10n });
    expect(told.at(-1)).toEqual({ step: 'copying', events: 10, position: 10n, upTo: 10n });
  });

  test('goes on where it was interrupted, and takes what has come since', async () => {
    target.failAfter = 4;
    await expect(copyStore({ source, target })).rejects.toThrow('connection lost');
    target.failAfter = Number.POSITIVE_INFINITY;
    await happen('count-9', NO_STREAM, 9);
    expect(await copyStore({ source, target })).toEqual({ events: 7, position: 11n });
    expect(target.events.map(({ eventId }) => eventId)).toEqual(ids);
    expect(await copyStore({ source, target })).toEqual({ events: 0, position: 11n });
  });

  test('ends behind the page under way when asked to stop', async () => {
    const copied = await copyStore({ source, target, signal: AbortSignal.abort() });
    expect(copied).toEqual({ events: 10, position: 10n });
  });

  test('refuses a target that is ahead of its source', async () => {
    await copyStore({ source, target });
    const shorter = new InMemoryEventStore();
    await expect(copyStore({ source: shorter, target })).rejects.toThrow(TargetInUse);
  });
});

describe('comparing', () => {
  test('finds a copy to be what was copied', async () => {
    await copyStore({ source, target });
    const compared = await compareStores({ source, target, upTo: await upTo() });
    expect(compared).toMatchObject({ events: 10, streams: 5, firstEventId: ids[0] });
    expect(compared.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('the hash is of everything: another event makes another one', async () => {
    await copyStore({ source, target });
    const before = await compareStores({ source, target, upTo: await upTo() });
    await happen('count-9', NO_STREAM, 9);
    await copyStore({ source, target });
    const after = await compareStores({ source, target, upTo: await upTo() });
    expect(after.hash).not.toBe(before.hash);
  });

  test.each<[string, (event: StoredEvent) => Partial<StoredEvent>]>([
    ['eventId', () => ({ eventId: 'other' })],
    ['stream', () => ({ stream: 'count-8' })],
    ['revision', () => ({ revision: 7 })],
    ['type', () => ({ type: 'Other' })],
    ['version', () => ({ version: 2 })],
    ['data', () => ({ data: '{"n": 3}' })],
    ['metadata', () => ({ metadata: '{}' })],
    ['position', ({ position }) => ({ position: position + 1n })],
    ['recordedAt', ({ recordedAt }) => ({ recordedAt: new Date(recordedAt.getTime() + 1) })],
  ])('names the event whose %s is another', async (field, change) => {
    await copyStore({ source, target });
    const original = target.events[3] as StoredEvent;
    target.events[3] = { ...original, ...change(original) };
    const comparison = compareStores({ source, target, upTo: await upTo() });
    await expect(comparison).rejects.toThrow(
      new RegExp(`at position 4 has another ${field} in the copy`),
    );
  });

  test('notices an event too few and one too many', async () => {
    await copyStore({ source, target });
    const last = target.events.pop() as StoredEvent;
    await expect(compareStores({ source, target, upTo: await upTo() })).rejects.toThrow(
      /the copy ends before event 5 of count-0/,
    );
    target.events.push(last, { ...last, position: 11n });
    await expect(compareStores({ source, target, upTo: await upTo() })).rejects.toThrow(
      /the copy goes on with event 5/,
    );
  });
});
