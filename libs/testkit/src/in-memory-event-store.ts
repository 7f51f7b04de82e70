import { setImmediate } from 'node:timers/promises';
import {
  type AppendResult,
  type Clock,
  type EventBatch,
  type EventStore,
  EventStoreUnavailable,
  pause,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StreamAppend,
  type SubscribeOptions,
  type Subscription,
  systemClock,
} from '@imprest/application';
import { type RecordedEvent, streamCategory } from '@imprest/event-catalogue';

const PAGE_SIZE = 500;

/** Events in memory. Two stores over one log stand for two processes. */
export class InMemoryEventLog {
  readonly events: RecordedEvent[] = [];
  readonly streams = new Map<string, RecordedEvent[]>();
  readonly followers = new Set<() => void>();

  get head(): bigint {
    return BigInt(this.events.length);
  }

  /** With events of another store, as that one recorded them. */
  static of(events: readonly RecordedEvent[]): InMemoryEventLog {
    const log = new InMemoryEventLog();
    for (const event of events) {
      log.events.push(event);
      log.streams.set(event.stream, [...(log.streams.get(event.stream) ?? []), event]);
    }
    return log;
  }

  /** Every write of the call, or none. */
  append(appends: readonly StreamAppend[], recordedAt: Date): AppendResult {
    const missing = appends.filter((append) => !this.isStored(append));
    const conflicting = this.conflicts(missing);
    if (conflicting.length > 0) return { kind: 'conflict', streams: conflicting };
    for (const append of missing) this.write(append, recordedAt);
    if (missing.length > 0) for (const wake of [...this.followers]) wake();
    const last = appends.flatMap(({ stream, expectedRevision, events }) =>
      events.map((_, n) => this.streams.get(stream)?.[expectedRevision + 1 + n]?.position ?? 0n),
    );
    return {
      kind: 'appended',
      position: last.reduce((most, position) => (position > most ? position : most), 0n),
    };
  }

  private isStored({ stream, expectedRevision, events }: StreamAppend): boolean {
    const stored = this.streams.get(stream) ?? [];
    return events.every(({ eventId }, n) => stored[expectedRevision + 1 + n]?.eventId === eventId);
  }

  private conflicts(appends: readonly StreamAppend[]): string[] {
    const heads = new Map<string, number>();
    const conflicting = new Set<string>();
    for (const { stream, expectedRevision, events } of appends) {
      const head = heads.get(stream) ?? (this.streams.get(stream)?.length ?? 0) - 1;
      if (head !== expectedRevision) conflicting.add(stream);
      heads.set(stream, expectedRevision + events.length);
    }
    return [...conflicting];
  }

  private write({ stream, expectedRevision, events }: StreamAppend, recordedAt: Date): void {
    const stored = this.streams.get(stream) ?? [];
    this.streams.set(stream, stored);
    for (const [n, event] of events.entries()) {
      const recorded = {
        ...(JSON.parse(JSON.stringify(event)) as typeof event),
        stream,
        revision: expectedRevision + 1 + n,
        position: this.head + 1n,
        recordedAt,
      };
      stored.push(recorded);
      this.events.push(recorded);
    }
  }
}

export class InMemoryEventStore implements EventStore {
  private readonly subscriptions = new Set<Subscription>();
  private closed = false;

  constructor(
    readonly log = new InMemoryEventLog(),
    private readonly clock: Clock = systemClock,
  ) {}

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    if (this.closed) throw new EventStoreUnavailable('the event store is closed');
    const result = this.log.append(appends, this.clock.now());
    // As with a real store, others get their turn before the answer.
    await setImmediate();
    return result;
  }

  async *readStream(
    stream: string,
    { fromRevision, maxCount = Number.POSITIVE_INFINITY, direction }: ReadStreamOptions = {},
  ): AsyncIterable<readonly RecordedEvent[]> {
    const stored = this.log.streams.get(stream) ?? [];
    const wanted =
      direction === 'backwards'
        ? stored.slice(0, (fromRevision ?? stored.length) + 1).reverse()
        : stored.slice(fromRevision ?? 0);
    yield* pagesOf(wanted.slice(0, maxCount), PAGE_SIZE);
  }

  async *readAll(options: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]> {
    const { after, upTo = this.log.head, pageSize = PAGE_SIZE, onLook } = options;
    const range = this.log.events.slice(Number(after), Math.max(Number(upTo), Number(after)));
    const wanted = range.filter(inCategories(options.categories));
    let left = Math.ceil(wanted.length / pageSize);
    for (const page of pagesOf(wanted, pageSize)) {
      yield page;
      left -= 1;
      const last = page.at(-1)?.position ?? after;
      if (left > 0 && onLook?.(last) === false) return;
    }
  }

  subscribe(
    options: SubscribeOptions,
    onBatch: (batch: EventBatch) => Promise<void>,
  ): Subscription {
    if (this.closed) throw new EventStoreUnavailable('the event store is closed');
    const stop = new AbortController();
    const ended = this.follow(options, onBatch, stop.signal);
    ended.catch(() => undefined);
    const close = async () => {
      stop.abort();
      await ended.catch(() => undefined);
    };
    const subscription = { ended, close };
    this.subscriptions.add(subscription);
    return subscription;
  }

  async head(): Promise<bigint> {
    return this.log.head;
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
  }

  private async follow(
    { after, categories, batchSize = PAGE_SIZE, minimumIntervalMs = 0 }: SubscribeOptions,
    onBatch: (batch: EventBatch) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const wanted = inCategories(categories);
    let position = after;
    for (;;) {
      await this.grownBeyond(position, signal);
      if (signal.aborted) return;
      const { head } = this.log;
      const found: RecordedEvent[] = [];
      while (position < head && found.length < batchSize) {
        const event = this.log.events[Number(position)] as RecordedEvent;
        if (wanted(event)) found.push(event);
        position += 1n;
      }
      await onBatch({ events: found, position, caughtUp: position >= head });
      if (minimumIntervalMs > 0) await pause(minimumIntervalMs, signal);
    }
  }

  private grownBeyond(position: bigint, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!signal.aborted && this.log.head <= position) return;
        this.log.followers.delete(look);
        signal.removeEventListener('abort', look);
        resolve();
      };
      this.log.followers.add(look);
      signal.addEventListener('abort', look);
      look();
    });
  }
}

function inCategories(categories: readonly string[] | undefined) {
  return ({ stream }: RecordedEvent) => categories?.includes(streamCategory(stream)) ?? true;
}

function* pagesOf(events: readonly RecordedEvent[], size: number) {
  for (let from = 0; from < events.length; from += size) yield events.slice(from, from + size);
}
