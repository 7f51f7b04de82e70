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
import { AppendLane } from './append/append-lane.js';
import { encodeAppend } from './append/encoded-append.js';
import { type ConnectionOptions, Session } from './connection/session.js';
import type { EventStoreObserver } from './observer.js';
import { EventReader } from './read/event-reader.js';
import { CommitNotifications } from './subscribe/commit-notifications.js';
import { StoreHead } from './subscribe/store-head.js';
import { StoreSubscription } from './subscribe/store-subscription.js';

export interface PostgresEventStoreOptions {
  readonly connectionString: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Events after which a batch takes no further append call; 1,024 when absent. */
  readonly maxBatchEvents?: number;
  /** Append calls that may wait; more are rejected with EventStoreUnavailable. 20,000 when absent. */
  readonly maxQueuedAppends?: number;
  /** Connections for reading, besides one for appending and one for notifications; 4 when absent. */
  readonly readConnections?: number;
  /** Longest wait for the answer to one statement before its connection is cut; 30,000 when absent. */
  readonly answerTimeoutMs?: number;
  readonly observer?: EventStoreObserver;
}

/** Append relies on each statement of its function seeing what was committed before it. */
const PREPARE_WRITER =
  'set session characteristics as transaction isolation level read committed, read write';

/** The event store as one PostgreSQL table; see the README for what holds it together. */
export class PostgresEventStore implements EventStore, StoredEventReader {
  private readonly head_ = new StoreHead();
  private readonly reader: EventReader;
  private readonly lane: AppendLane;
  private readonly notifications: CommitNotifications;
  private readonly observer: EventStoreObserver;
  private readonly subscriptions = new OpenSubscriptions();
  private closed = false;

  private constructor(options: PostgresEventStoreOptions, session: Session) {
    const { maxBatchEvents = 1_024, maxQueuedAppends = 20_000, readConnections = 4 } = options;
    const connection = connectionOptions(options);
    const { answerTimeoutMs } = connection;
    const limits = {
      batchEvents: maxBatchEvents,
      queuedAppends: maxQueuedAppends,
      answerTimeoutMs,
    };
    this.observer = options.observer ?? {};
    this.reader = new EventReader(connection, readConnections);
    this.notifications = new CommitNotifications(
      connection,
      this.reader,
      this.head_,
      this.observer,
    );
    this.lane = new AppendLane(session, limits, this.observer, (last) => this.head_.advance(last));
  }

  /** @throws EventStoreUnavailable when the server cannot be reached */
  static async connect(options: PostgresEventStoreOptions): Promise<PostgresEventStore> {
    const session = new Session(connectionOptions(options), [PREPARE_WRITER]);
    try {
      await session.open();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new EventStoreUnavailable(`cannot reach the event store: ${reason}`, { cause });
    }
    return new PostgresEventStore(options, session);
  }

  /** @throws RangeError, TypeError when the events cannot be stored; see encodeAppend */
  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    return this.lane.append(encodeAppend(appends));
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
    const { reader, notifications, observer } = this;
    const services = { reader, notifications, observer, head: this.head_ };
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
    await this.lane.close();
    await this.reader.close();
  }
}

function connectionOptions(options: PostgresEventStoreOptions): ConnectionOptions {
  const { connectionString, answerTimeoutMs = 30_000 } = options;
  const { applicationName = 'imprest event store' } = options;
  return { connectionString, applicationName, answerTimeoutMs };
}
