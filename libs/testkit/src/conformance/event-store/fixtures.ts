import { randomUUID } from 'node:crypto';
import type {
  AppendResult,
  EventBatch,
  EventStore,
  SubscribeOptions,
  Subscription,
} from '@imprest/application';
import { NO_STREAM, type StreamAppend } from '@imprest/application';
import type { EventEnvelope, JsonObject, RecordedEvent } from '@imprest/event-catalogue';
import { streamName } from '@imprest/event-catalogue';
import { expect, vi } from 'vitest';

/** A category no other test uses: the store is shared by the whole suite. */
export function newCategory(): string {
  return `test${randomUUID().replaceAll('-', '')}`;
}

export function newStream(category = newCategory()): string {
  return streamName(category, randomUUID());
}

export function anEvent(data: JsonObject = {}): EventEnvelope {
  return {
    eventId: randomUUID(),
    type: 'SomethingHappened',
    version: 1,
    data,
    metadata: {
      correlationId: 'request-1',
      causationId: 'command-1',
      occurredAt: '2026-01-31T12:00:00.000Z',
      actor: { kind: 'system', id: 'conformance' },
    },
  };
}

export function events(count: number): EventEnvelope[] {
  return Array.from({ length: count }, (_, n) => anEvent({ n }));
}

export function appendTo(
  stream: string,
  expectedRevision: number,
  ...envelopes: EventEnvelope[]
): StreamAppend {
  return { stream, expectedRevision, events: envelopes };
}

export function newStreamWith(stream: string, ...envelopes: EventEnvelope[]): StreamAppend {
  return appendTo(stream, NO_STREAM, ...envelopes);
}

/** @returns the position. Fails the test when the result is a conflict. */
export function appended(result: AppendResult): bigint {
  if (result.kind === 'conflict') expect.fail(`conflict on ${result.streams.join(', ')}`);
  return result.position;
}

export async function collect(
  pages: AsyncIterable<readonly RecordedEvent[]>,
): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

export function idsOf(recorded: readonly EventEnvelope[]): string[] {
  return recorded.map((event) => event.eventId);
}

export async function storedIds(store: EventStore, stream: string): Promise<string[]> {
  return idsOf(await collect(store.readStream(stream)));
}

/** Appends one event to each of `count` new streams of the category, one call after the other. */
export async function fill(
  store: EventStore,
  category: string,
  count: number,
): Promise<{ readonly events: EventEnvelope[]; readonly positions: bigint[] }> {
  const written = events(count);
  const positions: bigint[] = [];
  for (const event of written) {
    positions.push(appended(await store.append([newStreamWith(newStream(category), event)])));
  }
  return { events: written, positions };
}

export interface Follower {
  readonly subscription: Subscription;
  readonly batches: EventBatch[];
  readonly events: RecordedEvent[];
  position(): bigint;
  /** Waits until everything up to the position was delivered. */
  reach(position: bigint, timeoutMs?: number): Promise<void>;
}

/** A subscription that keeps what it is given. */
export function follow(store: EventStore, options: SubscribeOptions): Follower {
  const batches: EventBatch[] = [];
  const seen: RecordedEvent[] = [];
  const subscription = store.subscribe(options, async (batch) => {
    batches.push(batch);
    seen.push(...batch.events);
  });
  const position = () => batches.at(-1)?.position ?? options.after;
  const reach = (target: bigint, timeout = 10_000) =>
    vi.waitUntil(() => position() >= target, { timeout, interval: 5 }).then(() => undefined);
  return { subscription, batches, events: seen, position, reach };
}
