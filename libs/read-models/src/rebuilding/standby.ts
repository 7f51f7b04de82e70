/**
 * - `filling`: not all events up to some head have been read yet, indexes are missing;
 * - `ready`: may be compared with the live tables and put in their place;
 * - `replaced`: were live until a switch put others in their place.
 */
export type StandbyPhase = 'filling' | 'ready' | 'replaced';

/** Where the tables beside the live ones stand. */
export interface Standby {
  readonly phase: StandbyPhase;
  /** Every event up to here is in them. */
  readonly position: bigint;
  /** Read to make them. */
  readonly events: number;
  readonly startedAt: Date;
  readonly changedAt: Date;
}
