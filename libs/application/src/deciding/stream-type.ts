import type { Decider, DomainEvent } from '@imprest/domain';
import type { JsonObject } from '@imprest/event-catalogue';

export interface SnapshotCodec<State> {
  readonly stateVersion: number;
  /** At least this many events lie between two snapshots; more when the state is large. */
  readonly everyEvents: number;
  /** What the size of a snapshot grows with. */
  entries(state: State): number;
  toJson(state: State): JsonObject;
  fromJson(json: JsonObject): State;
}

/** A decider and, for streams that grow long, the way to shorten their folding. */
export interface StreamType<Command, State, Event extends DomainEvent> {
  readonly decider: Decider<Command, State, Event>;
  readonly snapshots?: SnapshotCodec<State>;
}
