import type { EventEnvelope, RecordedEvent } from '@imprest/event-catalogue';

/** Expected revision of a stream that must not exist yet. The first event of a stream has revision 0. */
export const NO_STREAM = -1;

/** Position before the first event of the store. */
export const START_OF_STORE = 0n;

export interface StreamAppend {
  readonly stream: string;
  /** Revision of the last event the writer has seen, or NO_STREAM. */
  readonly expectedRevision: number;
  readonly events: readonly EventEnvelope[];
}

export type AppendResult =
  | {
      readonly kind: 'appended' /** Global position of the last event. */;
      readonly position: bigint;
    }
  | {
      readonly kind: 'conflict';
      /** Streams whose revision was not the expected one. */
      readonly streams: readonly string[];
    };

export interface ReadStreamOptions {
  readonly fromRevision?: number;
  readonly maxCount?: number;
  readonly direction?: 'forwards' | 'backwards';
}

export interface EventFilter {
  /** Stream categories to deliver; all when absent. */
  readonly categories?: readonly string[];
}

export interface ReadAllOptions extends EventFilter {
  /** Exclusive; a position the store has given, or START_OF_STORE: not every number is one. */
  readonly after: bigint;
  /** Inclusive; defaults to the head at the time of the call. */
  readonly upTo?: bigint;
  readonly pageSize?: number;
  /**
   * Told after each look at a part of the store, also when nothing passed the filter, that everything up to a position
   * was read; `false` ends the read. Asked again with the same position while a store takes its time. Not told of the
   * last look, which ends the read by itself.
   */
  readonly onLook?: (position: bigint) => boolean;
}

export interface SubscribeOptions extends EventFilter {
  /** Exclusive; a position the store has given, or START_OF_STORE: not every number is one. */
  readonly after: bigint;
  readonly batchSize?: number;
  /** Least time between two reads: lets a consumer that may lag trade latency for load. */
  readonly minimumIntervalMs?: number;
}

export interface EventBatch {
  /** In store order. May be empty: then only the position has advanced. */
  readonly events: readonly RecordedEvent[];
  /** Everything up to here was looked at, filtered-out events included: the checkpoint to store. */
  readonly position: bigint;
  /** True when nothing was left to read at the time of the read. */
  readonly caughtUp: boolean;
}

export interface Subscription {
  /** Settles when the subscription has ended; rejects with what the handler or the store threw. */
  readonly ended: Promise<void>;
  /** Stops reading, waits for the running handler, then ends. */
  close(): Promise<void>;
}

/**
 * Append-only log of streams with one global order.
 *
 * Contract of every adapter, checked by testkit's conformance suite:
 * - a conflict is a value, never an exception, and leaves no event of the conflicting stream behind;
 * - appends of one call are written in the order given, and the last one is never there without all the
 *   others; of those, some may be there while another is in conflict. They may or may not be atomic
 *   together: nothing may depend on it;
 * - repeating an append with the same event ids at the same revision answers `appended` and writes nothing;
 * - a subscriber that has seen position p will never find a new event at or below p.
 */
export interface EventStore {
  /** @throws EventStoreUnavailable when the outcome is unknown; repeating the same call is safe. */
  append(appends: readonly StreamAppend[]): Promise<AppendResult>;
  /** Pages of one stream; nothing for a stream that does not exist. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<readonly RecordedEvent[]>;
  /** Pages of the whole store in global order. */
  readAll(options: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]>;
  /** Follows the store for ever; the next batch is read after the handler's promise resolves. */
  subscribe(options: SubscribeOptions, onBatch: (batch: EventBatch) => Promise<void>): Subscription;
  /** Position of the last event, START_OF_STORE when empty. */
  head(): Promise<bigint>;
  close(): Promise<void>;
}

/** The store did not answer: the append may or may not have happened. */
export class EventStoreUnavailable extends Error {
  override readonly name = 'EventStoreUnavailable';
}
