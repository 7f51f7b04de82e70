import type { StoredEvent } from '@imprest/event-catalogue';

/**
 * A store on its way to hold everything that another one holds: event ids, order, revisions, content,
 * positions and times as they were. Signed and stored records name positions and times, so they move too.
 */
export interface CopyTarget {
  /** Position of the last event copied, START_OF_STORE when there is none. @throws TargetInUse */
  copiedUpTo(): Promise<bigint>;
  /**
   * Writes events behind those that are there, in the order given; an interrupted copy may repeat some.
   * @throws TargetInUse when something else is there, EventStoreUnavailable
   */
  copy(events: readonly StoredEvent[]): Promise<void>;
  /** What was copied, as it reads from now on. */
  readCopies(): AsyncIterable<readonly StoredEvent[]>;
  /** Makes the copied positions lead to their events. From then on the store takes new events. Safe to repeat. */
  complete(): Promise<void>;
  close(): Promise<void>;
}

/** The target holds events that did not come from the source. */
export class TargetInUse extends Error {
  override readonly name = 'TargetInUse';
}
