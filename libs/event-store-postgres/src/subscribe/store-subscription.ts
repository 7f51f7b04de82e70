import {
  Backoff,
  type EventBatch,
  pause,
  type SubscribeOptions,
  type Subscription,
} from '@imprest/application';
import type { EventStoreObserver } from '../observer.js';
import type { EventReader, StorePage } from '../read/event-reader.js';
import { toRecordedEvents } from '../read/recorded-event-row.js';
import type { CommitNotifications } from './commit-notifications.js';
import type { StoreHead } from './store-head.js';

const BATCH_SIZE = 500;

export interface SubscriptionServices {
  readonly reader: EventReader;
  readonly head: StoreHead;
  readonly notifications: CommitNotifications;
  readonly observer: EventStoreObserver;
}

export class StoreSubscription implements Subscription {
  readonly ended: Promise<void>;
  private readonly stop = new AbortController();

  constructor(
    private readonly services: SubscriptionServices,
    private readonly options: SubscribeOptions,
    private readonly onBatch: (batch: EventBatch) => Promise<void>,
  ) {
    this.ended = this.run();
    // Whoever awaits `ended` sees the failure; nobody awaiting it must not end the process.
    this.ended.catch(() => undefined);
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.ended.catch(() => undefined);
  }

  private async run(): Promise<void> {
    const { notifications } = this.services;
    notifications.retain();
    try {
      await this.follow(this.stop.signal);
    } finally {
      await notifications.release();
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { minimumIntervalMs = 0 } = this.options;
    let position = this.options.after;
    for (;;) {
      // A head that is committed before the read begins: nothing at or below it can still appear.
      const head = await this.services.head.beyond(position, signal);
      if (head === undefined) return;
      const startedAt = performance.now();
      const page = await this.read(position, head, signal);
      if (page === undefined || signal.aborted) return;
      position = page.position;
      const events = toRecordedEvents(page.rows);
      await this.onBatch({ events, position, caughtUp: position >= head });
      const rest = minimumIntervalMs - (performance.now() - startedAt);
      if (rest > 0) await pause(rest, signal);
    }
  }

  /** Reads until it works; undefined when the subscription was closed before. */
  private async read(
    after: bigint,
    upTo: bigint,
    signal: AbortSignal,
  ): Promise<StorePage | undefined> {
    const { categories, batchSize: limit = BATCH_SIZE } = this.options;
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        return await this.services.reader.readRange({ after, upTo, categories, limit });
      } catch (error) {
        const retryInMs = backoff.next();
        this.services.observer.retrying?.('subscription', error, retryInMs);
        await pause(retryInMs, signal);
      }
    }
    return undefined;
  }
}
