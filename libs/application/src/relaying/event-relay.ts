import type { RecordedEvent } from '@imprest/event-catalogue';
import { pause } from '../pause.js';
import type { Clock } from '../ports/clock.js';
import type { EventPublisher } from '../ports/event-publisher.js';
import type { EventStore } from '../ports/event-store.js';
import type { ExclusiveLock, ExclusiveLocks } from '../ports/exclusive-locks.js';
import type { RelayPosition } from '../ports/relay-position.js';
import { type RelayPacing, RelayTerm } from './relay-term.js';

/** Whoever holds this name relays. */
export const RELAY_LOCK = 'imprest relay';

export interface EventRelayParts {
  readonly store: EventStore;
  readonly publisher: EventPublisher;
  readonly position: RelayPosition;
  readonly locks: ExclusiveLocks;
  readonly clock: Clock;
  readonly observer?: RelayObserver;
}

export interface RelayObserver {
  elected?(position: bigint): void;
  deposed?(): void;
  /** Confirmed by the broker. `lagSeconds` is the age of the newest of them. */
  published?(events: number, position: bigint, lagSeconds: number): void;
  failed?(error: unknown, retryInMs: number): void;
}

export interface RelayStatus {
  readonly leading: boolean;
  /** Everything up to here was confirmed while this process led; undefined when it never did. */
  readonly position: bigint | undefined;
  readonly eventsPublished: number;
  readonly failures: number;
  /** Message of the failure that keeps it from going on; undefined when it runs or stands by. */
  readonly failing: string | undefined;
}

const PACING: RelayPacing = { batchEvents: 1_000, readIntervalMs: 10, recordIntervalMs: 100 };
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
const STANDBY_MS = 2_000;

/**
 * Hands the store's events to a broker, at least once and in the order of the store. Of all processes that
 * run one, the leader does; the others stand by and take over from the position on record.
 */
export class EventRelay {
  private readonly stopping = new AbortController();
  private readonly pacing: RelayPacing;
  private finished: Promise<void> = Promise.resolve();
  private status_: RelayStatus = {
    leading: false,
    position: undefined,
    eventsPublished: 0,
    failures: 0,
    failing: undefined,
  };

  constructor(
    private readonly parts: EventRelayParts,
    pacing: Partial<RelayPacing> = {},
  ) {
    this.pacing = { ...PACING, ...pacing };
  }

  get status(): RelayStatus {
    return this.status_;
  }

  start(): void {
    this.finished = this.follow();
  }

  /** Waits for the batch under way and its record, then lets a standby lead. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.finished;
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopping;
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    let retryMs = FIRST_RETRY_MS;
    while (!signal.aborted) {
      const before = this.status_.position;
      try {
        await this.lead(stopped);
      } catch (error) {
        if (this.status_.position !== before) retryMs = FIRST_RETRY_MS;
        this.fail(error, retryMs);
        await pause(retryMs, signal);
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      }
    }
  }

  private async lead(stopped: Promise<void>): Promise<void> {
    const { locks, observer, ...parts } = this.parts;
    const lock = await this.standBy(locks);
    if (lock === undefined) return;
    try {
      const start = await parts.position.load();
      this.status_ = { ...this.status_, leading: true, position: start };
      observer?.elected?.(start);
      const published = this.published.bind(this);
      const term = new RelayTerm({ ...parts, lock, published }, this.pacing, start);
      await term.run(stopped);
    } finally {
      const led = this.status_.leading;
      this.status_ = { ...this.status_, leading: false };
      if (led) observer?.deposed?.();
      await lock.release();
    }
  }

  /** Whoever has waited for a while is a standby, whatever it failed at when it led. */
  private async standBy(locks: ExclusiveLocks): Promise<ExclusiveLock | undefined> {
    const forget = () => {
      this.status_ = { ...this.status_, failing: undefined };
    };
    const timer = setTimeout(forget, STANDBY_MS);
    try {
      return await locks.acquire(RELAY_LOCK, this.stopping.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  private published(events: readonly RecordedEvent[], position: bigint): void {
    const { clock, observer } = this.parts;
    const eventsPublished = this.status_.eventsPublished + events.length;
    this.status_ = { ...this.status_, position, eventsPublished, failing: undefined };
    const newest = events.at(-1);
    const ageMs = newest ? clock.now().getTime() - newest.recordedAt.getTime() : 0;
    observer?.published?.(events.length, position, Math.max(0, ageMs) / 1000);
  }

  private fail(error: unknown, retryInMs: number): void {
    const failing = error instanceof Error ? error.message : String(error);
    this.status_ = { ...this.status_, failures: this.status_.failures + 1, failing };
    this.parts.observer?.failed?.(error, retryInMs);
  }
}
