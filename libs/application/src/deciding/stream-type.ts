import type { Decider, DomainEvent } from '@imprest/domain';
import type { JsonObject } from '@imprest/event-catalogue';

export interface SnapshotCodec<State> {
  readonly stateVersion: number;
  /** A snapshot is written about once in this many events. */
  readonly everyEvents: number;
  toJson(state: State): JsonObject;
  fromJson(json: JsonObject): State;
}

/** A decider and, for streams that grow long, the way to shorten their folding. */
export interface StreamType<Command, State, Event extends DomainEvent> {
  readonly decider: Decider<Command, State, Event>;
  readonly snapshots?: SnapshotCodec<State>;
}
