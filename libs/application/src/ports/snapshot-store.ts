import type { JsonObject } from '@imprest/event-catalogue';

export interface Snapshot {
  /** Revision of the last event folded into it. */
  readonly revision: number;
  /** Version of the state's form; a reader that knows another one ignores the snapshot. */
  readonly stateVersion: number;
  readonly state: JsonObject;
  /**
   * Hash of the events it replaces, once somebody off the way of commands has found it: the chain of the
   * account up to `revision`, in hexadecimal. Not given when it is saved.
   */
  readonly prefixHash?: string;
}

/** Shortcuts through long streams. Losing one costs time, never truth. */
export interface SnapshotStore {
  load(stream: string): Promise<Snapshot | undefined>;
  /** Keeps the newest of what it has and what it is given. */
  save(stream: string, snapshot: Snapshot): Promise<void>;
}
