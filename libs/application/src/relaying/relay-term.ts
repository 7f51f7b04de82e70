import type { RecordedEvent } from '@imprest/event-catalogue';
import { pause } from '../pause.js';
import type { EventPublisher } from '../ports/event-publisher.js';
import type { EventBatch, EventStore } from '../ports/event-store.js';
import type { ExclusiveLock } from '../ports/exclusive-locks.js';
import type { RelayPosition } from '../ports/relay-position.js';
import { Signal } from './signal.js';

export interface RelayTermParts {
  readonly store: EventStore;
  readonly publisher: EventPublisher;
  readonly position: RelayPosition;
  readonly lock: ExclusiveLock;
  published(events: readonly RecordedEvent[], position: bigint): void;
}

export interface RelayPacing {
  /** Most events handed to the broker at once. */
  readonly batchEvents: number;
  /** Least time between two reads of the store. */
  readonly readIntervalMs: number;
  /** Least time between two records of the position: what is sent meanwhile is sent again after a crash. */
  readonly recordIntervalMs: number;
}

/** How often a leader that has nothing to record looks whether its position is where it left it. */
const LOOK_MS = 1_000;

/** The position is not where this process left it: it was rewound, or another process relays. */
export class RelayPositionMoved extends Error {
  override readonly name = 'RelayPositionMoved';
}

/**
 * One term of a leader. Reading, sending and recording run side by side: the next page is read while the
 * last one is sent, and the position follows what the broker has confirmed, never ahead of it.
 */
export class RelayTerm {
  private readonly waiting: RecordedEvent[] = [];
  private readonly arrived = new Signal();
  private readonly taken = new Signal();
  private readonly confirmed = new Signal();
  private readonly end = new AbortController();
  /** Everything up to here was read. */
  private read: bigint;
  /** Everything up to here was sent and confirmed. */
  private sent: bigint;
  /** What is on record. */
  private recorded: bigint;

  constructor(
    private readonly parts: RelayTermParts,
    private readonly pacing: RelayPacing,
    start: bigint,
  ) {
    this.read = start;
    this.sent = start;
    this.recorded = start;
  }

  /**
   * Ends when the lock is lost or the signal aborted, after the batch under way.
   * @throws what the store, the publisher or the record threw; RelayPositionMoved
   */
  async run(stopped: Promise<void>): Promise<void> {
    const { store, lock } = this.parts;
    const { batchEvents: batchSize, readIntervalMs: minimumIntervalMs } = this.pacing;
    const reading = { after: this.read, batchSize, minimumIntervalMs };
    const subscription = store.subscribe(reading, (batch) => this.take(batch));
    const [sending, recording] = [this.send(), this.record()];
    try {
      await Promise.race([subscription.ended, sending, recording, lock.lost, stopped]);
    } finally {
      this.end.abort();
      for (const signal of [this.arrived, this.taken, this.confirmed]) signal.raise();
      await subscription.close();
      await Promise.allSettled([sending, recording]);
    }
    await Promise.all([sending, recording]);
    if (lock.isHeld()) await this.recordSent();
  }

  private async take({ events, position }: EventBatch): Promise<void> {
    this.waiting.push(...events);
    this.read = position;
    this.arrived.raise();
    while (!this.end.signal.aborted && this.waiting.length >= this.pacing.batchEvents)
      await this.taken.raised();
  }

  private async send(): Promise<void> {
    const { publisher, lock, published } = this.parts;
    while (!this.end.signal.aborted) {
      const events = this.waiting.splice(0, this.pacing.batchEvents);
      this.taken.raise();
      const position = this.waiting.length === 0 ? this.read : events.at(-1)?.position;
      if (position === undefined || position === this.sent) {
        await this.arrived.raised();
        continue;
      }
      if (!lock.isHeld()) return;
      if (events.length > 0) await publisher.publish(events);
      this.sent = position;
      this.confirmed.raise();
      published(events, position);
    }
  }

  private async record(): Promise<void> {
    while (!this.end.signal.aborted) {
      if (this.sent === this.recorded) {
        await this.confirmed.raised(LOOK_MS);
        if (this.sent === this.recorded) await this.checkRecord();
        continue;
      }
      if (!this.parts.lock.isHeld()) return;
      await this.recordSent();
      await pause(this.pacing.recordIntervalMs, this.end.signal);
    }
  }

  /** A position that is put back while there is nothing to send must be noticed as well. */
  private async checkRecord(): Promise<void> {
    if (this.end.signal.aborted) return;
    const { recorded } = this;
    if ((await this.parts.position.load()) !== recorded && recorded === this.recorded) {
      throw new RelayPositionMoved(`the relay's position is not at ${recorded} any more`);
    }
  }

  private async recordSent(): Promise<void> {
    const { recorded, sent } = this;
    if (sent === recorded) return;
    if (!(await this.parts.position.advance(recorded, sent))) {
      throw new RelayPositionMoved(`the relay's position is not at ${recorded} any more`);
    }
    this.recorded = sent;
  }
}
