import type { RecordedEvent } from '@imprest/event-catalogue';
import type { Subscription } from './event-store.js';

export interface ConsumeOptions {
  /** Stable name: its progress is kept under it. */
  readonly consumer: string;
  readonly categories: readonly string[];
  /**
   * For a bus whose progress is a position: asked once the consumer is this process's alone, what it
   * processed last, START_OF_STORE at first. A bus that keeps its own offsets does not ask.
   */
  loadPosition(): Promise<bigint>;
  readonly batchSize?: number;
  readonly minimumIntervalMs?: number;
}

/**
 * What a consumer commits together with its work.
 * - `position`: the batch is in store order and follows without a gap on the position loaded or on the
 *   batch before it; everything up to `position` was looked at, filtered-out events included.
 * - `revisions`: the batch is in order within each stream at best, and may hold events that came before;
 *   only the revisions of each stream tell what is new.
 */
export type Progress =
  | { readonly kind: 'position'; readonly position: bigint }
  | { readonly kind: 'revisions' };

export interface DeliveredBatch {
  /** May be empty where progress is a position: then only the position has advanced. */
  readonly events: readonly RecordedEvent[];
  readonly progress: Progress;
  /** True when nothing was left to deliver at the time of the read. */
  readonly caughtUp: boolean;
}

/**
 * Brings recorded events to consumers, in order within each stream, at least once. The handler's
 * promise is awaited before the next batch (of the same partition, where a bus has partitions); when it
 * rejects, the subscription ends with its error and what it held comes again.
 */
export interface MessageBus {
  /** How consumers of this bus keep their progress. */
  readonly progress: Progress['kind'];
  consume(options: ConsumeOptions, onBatch: (batch: DeliveredBatch) => Promise<void>): Subscription;
  close(): Promise<void>;
}
