import {
  Backoff,
  type EventBatch,
  pause,
  type SubscribeOptions,
  type Subscription,
} from '@imprest/application';
import type { Connection } from '../connection/connection.js';
import type { EventStoreObserver } from '../observer.js';
import type { EventReader } from '../read/event-reader.js';
import { IncomingMessages } from '../read/incoming-messages.js';
import { subscribeRequest } from '../read/read-request.js';
import { FollowedEvents } from './followed-events.js';
import type { HeadWatch } from './head-watch.js';

const BATCH_SIZE = 500;
/** When nothing has come for so long, the rest of the store is looked at for what did not pass the filter. */
const QUIET_MS = 200;

export interface SubscriptionServices {
  readonly connection: Connection;
  readonly reader: EventReader;
  readonly head: HeadWatch;
  readonly observer: EventStoreObserver;
  readonly answerTimeoutMs: number;
}

/** An error of the handler ends the subscription; one of the store is retried. */
class HandlerFailed extends Error {}

export class StoreSubscription implements Subscription {
  readonly ended: Promise<void>;
  private readonly stop = new AbortController();
  private position: bigint;
  private incoming: IncomingMessages | undefined;
  /** Since when the server owes an event that a look at the store has found. */
  private owedSince: number | undefined;

  constructor(
    private readonly services: SubscriptionServices,
    private readonly options: SubscribeOptions,
    private readonly onBatch: (batch: EventBatch) => Promise<void>,
  ) {
    this.position = options.after;
    this.ended = this.run();
    // Whoever awaits `ended` sees the failure; nobody awaiting it must not end the process.
    this.ended.catch(() => undefined);
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.incoming?.cancel();
    await this.ended.catch(() => undefined);
  }

  private async run(): Promise<void> {
    const { head, observer } = this.services;
    const { signal } = this.stop;
    const backoff = new Backoff();
    head.retain();
    try {
      while (!signal.aborted) {
        const before = this.position;
        try {
          await this.follow(signal);
        } catch (error) {
          if (error instanceof HandlerFailed) throw error.cause;
          if (signal.aborted) return;
          if (this.position !== before) backoff.reset();
          const retryInMs = backoff.next();
          observer.retrying?.('subscription', error, retryInMs);
          await pause(retryInMs, signal);
        }
      }
    } finally {
      head.release();
    }
  }

  /** One call of the server, from behind the last position that was handled. */
  private async follow(signal: AbortSignal): Promise<void> {
    const { categories, batchSize = BATCH_SIZE } = this.options;
    const { connection, reader } = this.services;
    const { positions } = reader;
    const from = positions.serverPosition(this.position);
    const call = await connection.openRead(subscribeRequest(from, categories));
    const incoming = new IncomingMessages(call, 2 * batchSize);
    this.incoming = incoming;
    this.owedSince = undefined;
    try {
      const followed = new FollowedEvents(incoming, this.position, batchSize, positions);
      while (!signal.aborted) {
        const batch = (await followed.next(QUIET_MS)) ?? (await this.skipped(followed));
        if (signal.aborted) return;
        if (batch !== undefined) await this.handle(batch, signal);
      }
    } finally {
      incoming.cancel();
    }
  }

  private async handle(batch: EventBatch, signal: AbortSignal): Promise<void> {
    const { minimumIntervalMs = 0 } = this.options;
    const takenAt = performance.now();
    try {
      await this.onBatch(batch);
    } catch (cause) {
      throw new HandlerFailed('the handler failed', { cause });
    }
    this.position = batch.position;
    this.owedSince = undefined;
    const rest = minimumIntervalMs - (performance.now() - takenAt);
    if (rest > 0) await pause(rest, signal);
  }

  /**
   * The server tells a checkpoint only after some hundred events that did not pass. Up to there the store
   * is looked at here: when nothing of the categories is between the position and a head known before the
   * look, nothing will come from there any more.
   */
  private async skipped(followed: FollowedEvents): Promise<EventBatch | undefined> {
    const head = this.services.head.known;
    if (!followed.isLive || head <= this.position) return undefined;
    const next = await this.services.reader.firstAfter(this.position, this.options.categories);
    if (next !== undefined && next <= head) {
      this.requireSoon();
      return undefined;
    }
    if (this.incoming?.queue.length !== 0) return undefined;
    followed.skipTo(head);
    return { events: [], position: head, caughtUp: true };
  }

  /** An event is there and does not come. @throws when the server has been silent about it for too long */
  private requireSoon(): void {
    const now = performance.now();
    this.owedSince ??= now;
    if (now - this.owedSince > this.services.answerTimeoutMs) {
      throw new Error('the server does not send what the store holds');
    }
  }
}
