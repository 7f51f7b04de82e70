import {
  type AppendResult,
  type EventBatch,
  type EventStore,
  EventStoreUnavailable,
  OpenSubscriptions,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEventReader,
  type StreamAppend,
  type SubscribeOptions,
  type Subscription,
} from '@imprest/application';
import type { RecordedEvent, StoredEvent } from '@imprest/event-catalogue';
import { Appender } from './append/appender.js';
import { encodeAppend } from './append/encoded-append.js';
import { Connection } from './connection/connection.js';
import { describe } from './connection/describe-error.js';
import type { EventStoreObserver } from './observer.js';
import { POSITIONS_STREAM, readPositions } from './positions/stored-positions.js';
import { EventReader } from './read/event-reader.js';
import { HeadWatch } from './subscribe/head-watch.js';
import { StoreSubscription } from './subscribe/store-subscription.js';

export interface EventStoreDbEventStoreOptions {
  /** `esdb://[user:password@]host:2113?tls=...` or `esdb+discover://...`, as the server's documentation has it. */
  readonly connectionString: string;
  /** Longest wait for the answer to one request; 5,000 when absent. */
  readonly answerTimeoutMs?: number;
  /** How long an outage may last before appends fail at their first attempt; 10,000 when absent. */
  readonly retryForMs?: number;
  /** Append calls that may wait; more are rejected with EventStoreUnavailable. 20,000 when absent. */
  readonly maxQueuedAppends?: number;
  readonly observer?: EventStoreObserver;
}

const MAX_QUEUED_BYTES = 256 * 1024 * 1024;

/** The event store on EventStoreDB or KurrentDB; see the README for what it relies on. */
export class EventStoreDbEventStore implements EventStore, StoredEventReader {
  private readonly reader: EventReader;
  private readonly appender: Appender;
  private readonly head_: HeadWatch;
  private readonly subscriptions = new OpenSubscriptions();
  private readonly answerTimeoutMs: number;
  private readonly observer: EventStoreObserver;
  private closed = false;

  private constructor(
    private readonly connection: Connection,
    options: EventStoreDbEventStoreOptions,
  ) {
    const { answerTimeoutMs = 5_000, retryForMs = 10_000, maxQueuedAppends = 20_000 } = options;
    this.answerTimeoutMs = answerTimeoutMs;
    this.observer = options.observer ?? {};
    this.reader = new EventReader(connection, answerTimeoutMs);
    this.head_ = new HeadWatch(this.reader);
    const limits = {
      queuedAppends: maxQueuedAppends,
      queuedBytes: MAX_QUEUED_BYTES,
      answerTimeoutMs,
      retryForMs,
    };
    const { reader } = this;
    this.appender = new Appender(connection, limits, this.observer, {
      movedUpTo: () => reader.positions.movedUpTo,
      find: (stream, revision) => reader.find(stream, revision),
    });
  }

  /** @throws EventStoreUnavailable when the server cannot be reached or does not let us in */
  static async connect(options: EventStoreDbEventStoreOptions): Promise<EventStoreDbEventStore> {
    const connection = new Connection(options.connectionString);
    const store = new EventStoreDbEventStore(connection, options);
    try {
      store.reader.positions = await readPositions(store.readStream(POSITIONS_STREAM));
      return store;
    } catch (cause) {
      await store.close();
      if (!(cause instanceof EventStoreUnavailable)) throw cause;
      throw new EventStoreUnavailable(`cannot reach the event store: ${describe(cause)}`, {
        cause,
      });
    }
  }

  /** @throws RangeError, TypeError when the events cannot be stored; see encodeAppend */
  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    const result = await this.appender.append(encodeAppend(appends));
    if (result.kind === 'appended') this.head_.advance(result.position);
    return result;
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.reader.readStream(stream, options);
  }

  readAll(options: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.reader.readAll(options);
  }

  readStored(options: ReadAllOptions): AsyncIterable<readonly StoredEvent[]> {
    return this.reader.readStored(options);
  }

  subscribe(
    options: SubscribeOptions,
    onBatch: (batch: EventBatch) => Promise<void>,
  ): Subscription {
    if (this.closed) throw new EventStoreUnavailable('the event store is closed');
    const { connection, reader, observer, answerTimeoutMs } = this;
    const services = { connection, reader, observer, answerTimeoutMs, head: this.head_ };
    const subscription = new StoreSubscription(services, options, onBatch);
    return this.subscriptions.add(subscription);
  }

  head(): Promise<bigint> {
    return this.reader.head();
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.subscriptions.close();
    await this.appender.close();
    await this.connection.close();
  }
}
