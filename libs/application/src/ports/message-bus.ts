import type { EventBatch, Subscription } from './event-store.js';

export interface ConsumeOptions {
  /** Stable name: one process at a time consumes under it, and its progress is kept under it. */
  readonly consumer: string;
  readonly categories: readonly string[];
  /** Asked once the consumer is this process's alone: what it processed last, START_OF_STORE at first. */
  loadPosition(): Promise<bigint>;
  readonly batchSize?: number;
  readonly minimumIntervalMs?: number;
}

/**
 * Brings recorded events to consumers, in order within each stream, at least once. The handler's
 * promise is awaited before the next batch; when it rejects, the subscription ends with its error.
 */
export interface MessageBus {
  consume(options: ConsumeOptions, onBatch: (batch: EventBatch) => Promise<void>): Subscription;
  close(): Promise<void>;
}
