import type { RecordedEvent } from '@imprest/event-catalogue';
import type { SqlTransaction } from '../ports/checkpoint-store.js';

interface ConsumerBase {
  /** Stable: its checkpoint is kept under it. */
  readonly name: string;
  readonly categories: readonly string[];
  readonly batchSize?: number;
  readonly minimumIntervalMs?: number;
}

/**
 * Writes rows from events, and can do nothing else: it is given a transaction and no other means, so
 * replaying it sends no webhook, calls no provider and moves no token. It may rely on the order
 * within a stream only.
 */
export interface Projector extends ConsumerBase {
  readonly kind: 'projector';
  project(events: readonly RecordedEvent[], transaction: SqlTransaction): Promise<void>;
}

/**
 * Issues commands because of events, at least once for each: every command it issues must be safe to
 * repeat. Events of one stream come one after the other, streams side by side.
 */
export interface Reactor extends ConsumerBase {
  readonly kind: 'reactor';
  react(event: RecordedEvent): Promise<void>;
  /** Called after every event of a batch has been reacted to, before the checkpoint moves. */
  flush?(): Promise<void>;
}

export type Consumer = Projector | Reactor;
