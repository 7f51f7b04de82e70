import { Backoff, pause } from '@imprest/application';
import { type ConnectionOptions, Session } from '../connection/session.js';
import type { EventStoreObserver } from '../observer.js';
import type { EventReader } from '../read/event-reader.js';
import type { StoreHead } from './store-head.js';

/** A lost notification delays a subscriber by this much at most. */
const POLL_MS = 1_000;
const LISTEN = 'listen event_store';

/**
 * Moves the head when other processes commit: they notify, and a slow poll makes up for
 * notifications missed while the connection was away. Runs only while somebody follows the store.
 */
export class CommitNotifications {
  private followers = 0;
  private stop = new AbortController();
  private stopped: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: ConnectionOptions,
    private readonly reader: EventReader,
    private readonly head: StoreHead,
    private readonly observer: EventStoreObserver,
  ) {}

  retain(): void {
    this.followers += 1;
    if (this.followers > 1) return;
    this.stop = new AbortController();
    this.stopped = this.follow(this.stop.signal);
  }

  async release(): Promise<void> {
    this.followers -= 1;
    if (this.followers > 0) return;
    this.stop.abort();
    await this.stopped;
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const session = new Session(this.options, [LISTEN], (payload) =>
      this.head.advance(BigInt(payload)),
    );
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        // Listening comes first: a commit after it notifies, one before it is seen by the poll.
        await session.open();
        this.head.advance(await this.reader.head());
        backoff.reset();
        await pause(POLL_MS, signal);
      } catch (error) {
        const retryInMs = backoff.next();
        this.observer.retrying?.('notifications', error, retryInMs);
        await pause(retryInMs, signal);
      }
    }
    await session.close();
  }
}
