import { setMaxListeners } from 'node:events';
import { type AppendResult, Backoff, EventStoreUnavailable, pause } from '@imprest/application';
import type { Connection } from '../connection/connection.js';
import { describe } from '../connection/describe-error.js';
import type { EventStoreObserver } from '../observer.js';
import { AppendLane } from './append-lane.js';
import type { AppendOutcome } from './append-outcome.js';
import type { EncodedAppend, EncodedWrite } from './encoded-append.js';

export interface AppenderLimits {
  readonly queuedAppends: number;
  readonly queuedBytes: number;
  readonly answerTimeoutMs: number;
  readonly retryForMs: number;
}

const TELL_EVERY_MS = 1_000;
/** However long the outage: the connection that broke may have been replaced by now. */
const REPEAT_WITHIN_MS = 100;
const CONFLICT = Symbol('conflict');

export interface StoredPositions {
  /** Commit position up to which events have positions of another store. */
  movedUpTo(): bigint;
  /** Position of an event that is known to be there. */
  find(stream: string, revision: number): Promise<bigint>;
}

/**
 * Sends calls and repeats what got lost under the same event ids at the same revisions, which the server
 * recognises. One lane takes them all, so what is sent is written in its order; the last write of a call is
 * sent only when all others are known to be there.
 */
export class Appender {
  private readonly lane: AppendLane;
  private readonly underWay = new Set<Promise<AppendResult>>();
  private readonly closing = new AbortController();
  private queuedBytes = 0;
  private outageSince: number | undefined;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    connection: Connection,
    private readonly limits: AppenderLimits,
    private readonly observer: EventStoreObserver,
    private readonly stored: StoredPositions,
  ) {
    // Every append that waits to be repeated listens.
    setMaxListeners(0, this.closing.signal);
    this.lane = new AppendLane(connection, limits.answerTimeoutMs);
  }

  /** @throws EventStoreUnavailable */
  append(encoded: EncodedAppend): Promise<AppendResult> {
    const { queuedAppends, queuedBytes } = this.limits;
    if (this.closing.signal.aborted) return this.refuse('the event store is closed');
    if (this.underWay.size >= queuedAppends || this.queuedBytes + encoded.bytes > queuedBytes) {
      return this.refuse(`${this.underWay.size} appends are waiting already`);
    }
    this.queuedBytes += encoded.bytes;
    const result = this.write(encoded);
    this.underWay.add(result);
    const done = () => {
      this.underWay.delete(result);
      this.queuedBytes -= encoded.bytes;
    };
    result.then(done, done);
    return result;
  }

  /** Waits for the appends under way. */
  async close(): Promise<void> {
    this.closing.abort();
    await Promise.allSettled(this.underWay);
    this.lane.close();
  }

  private refuse(reason: string): Promise<never> {
    const error = new EventStoreUnavailable(reason);
    this.observer.unavailable?.(1, error);
    return Promise.reject(error);
  }

  private async write({ writes, contradictions, events }: EncodedAppend): Promise<AppendResult> {
    if (contradictions.length > 0) return this.conflict(contradictions);
    const startedAt = performance.now();
    const last = writes[writes.length - 1] as EncodedWrite;
    let position = 0n;
    if (writes.length > 1) {
      const others = writes.slice(0, -1);
      const positions = await Promise.all(others.map((write) => this.settle(write)));
      const lost = others.filter((_, n) => positions[n] === CONFLICT);
      if (lost.length > 0) return this.conflict(lost.map(({ stream }) => stream));
      for (const each of positions) if (each !== CONFLICT && each > position) position = each;
    }
    const end = await this.settle(last);
    if (end === CONFLICT) return this.conflict([last.stream]);
    this.observer.appended?.(events, 1, (performance.now() - startedAt) / 1_000);
    return { kind: 'appended', position: end > position ? end : position };
  }

  private conflict(streams: readonly string[]): AppendResult {
    this.observer.conflicted?.(streams);
    return { kind: 'conflict', streams };
  }

  /** Sends a write until its outcome is known. @throws EventStoreUnavailable when time is up */
  private async settle(write: EncodedWrite): Promise<bigint | typeof CONFLICT> {
    let backoff: Backoff | undefined;
    let firstLostAt = 0;
    for (;;) {
      const outcome = await this.lane.send(write);
      if (outcome.kind !== 'unknown') this.outageSince = undefined;
      if (outcome.kind === 'written') {
        return this.positionOf(outcome.position, write);
      }
      if (outcome.kind === 'conflict') return CONFLICT;
      if (outcome.kind === 'refused') throw outcome.error;
      if (backoff === undefined) {
        backoff = new Backoff();
        firstLostAt = performance.now();
      }
      await this.beforeRepeating(outcome, firstLostAt, backoff.next());
    }
  }

  /** What the server did not tell, or told of an event that was moved here, is looked up. */
  private positionOf(told: bigint | undefined, write: EncodedWrite): bigint | Promise<bigint> {
    if (told !== undefined && told > this.stored.movedUpTo()) return told;
    return this.stored.find(write.stream, write.lastRevision);
  }

  /** A short outage is waited out; when it lasts, callers fail soon instead of piling up. */
  private async beforeRepeating(
    { error }: Extract<AppendOutcome, { kind: 'unknown' }>,
    firstLostAt: number,
    retryInMs: number,
  ): Promise<void> {
    const now = performance.now();
    this.outageSince ??= now;
    const isOver =
      now - this.outageSince >= this.limits.retryForMs && now - firstLostAt >= REPEAT_WITHIN_MS;
    if (this.closing.signal.aborted || isOver) {
      const unavailable = new EventStoreUnavailable(
        `the event store did not answer: ${describe(error)}`,
        { cause: error },
      );
      this.observer.unavailable?.(1, unavailable);
      throw unavailable;
    }
    if (now - this.toldAt >= TELL_EVERY_MS) {
      this.toldAt = now;
      this.observer.retrying?.('append', error, retryInMs);
    }
    await pause(retryInMs, this.closing.signal);
  }
}
