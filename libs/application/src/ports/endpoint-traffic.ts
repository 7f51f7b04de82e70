import type { BreakerMemory } from '@imprest/domain';

/** A message of an endpoint that is not settled. */
export interface LinedMessage {
  readonly endpointId: string;
  readonly messageId: string;
  readonly tenantId: string;
  /** Messages of one line are sent one after the other; null for one that waits for none. */
  readonly line: string | null;
}

export interface PlaceInLine {
  /** Grows with every message of the endpoint. */
  readonly sequence: number;
  /** Whether no message of its line is before it. */
  readonly isItsTurn: boolean;
}

export interface EndpointHealth {
  readonly breaker: BreakerMemory;
  /** Unix milliseconds of the first failure since the last success; null when the last attempt worked. */
  readonly failingSinceMs: number | null;
}

/** How an endpoint does, and what is on its way to it. */
export interface EndpointCondition extends EndpointHealth {
  /** Messages that are not settled. */
  readonly waiting: number;
  /** Unix milliseconds since which the oldest of them waits; null when there is none. */
  readonly waitingSinceMs: number | null;
  /** Deliveries under way over all processes, as of the last second or so. */
  readonly underWay: number;
}

/** A process that delivers. */
export interface Deliverer {
  readonly id: string;
  /** Grows with every process that comes. */
  readonly number: number;
  /** What it has under way is within what it may have beside all processes up to this number. */
  readonly makesRoomUpTo: number;
}

export interface Attendance extends Pick<Deliverer, 'id' | 'makesRoomUpTo'> {
  /** Deliveries by endpoint. */
  readonly underWay: Readonly<Record<string, number>>;
}

/** What of an endpoint has waited for too long, or is too much. */
export interface WaitingBounds {
  /** Unix milliseconds: whatever waits since before. */
  readonly beforeMs: number;
  /** So many of the newest may wait. */
  readonly most: number;
}

/**
 * What all processes that deliver know of endpoints together: which messages wait for which, whether an endpoint
 * works, and when it is called next. None of it is the truth about a message, which is its stream.
 * Times are Unix milliseconds.
 */
export interface EndpointTraffic {
  /** Numbers a message of the endpoint. Safe to repeat while it is in line. */
  join(message: LinedMessage): Promise<PlaceInLine>;
  /** They are settled. Answers those whose turn it is now. Safe to repeat. */
  leave(messageIds: readonly string[]): Promise<readonly LinedMessage[]>;
  /** Messages of an endpoint whose turn it is, in their order, behind a sequence. */
  waiting(
    endpointId: string,
    behind: number,
    limit: number,
  ): Promise<readonly (LinedMessage & Pick<PlaceInLine, 'sequence'>)[]>;
  /**
   * Messages whose turn came a minute ago or more: whoever answered so may have died before it queued
   * them. Each is answered once in a minute.
   */
  overdue(limit: number): Promise<readonly LinedMessage[]>;

  /** Endpoints of which something is beyond these bounds, enabled ones included. */
  crowded(bounds: WaitingBounds): Promise<readonly Pick<LinedMessage, 'endpointId' | 'tenantId'>[]>;
  /** The oldest messages of an endpoint that are beyond them, in their order. */
  overstaying(
    endpointId: string,
    bounds: WaitingBounds,
    limit: number,
  ): Promise<readonly LinedMessage[]>;

  health(endpointId: string): Promise<EndpointHealth>;
  /** Of endpoints that nothing is known of nothing is answered. */
  conditions(endpointIds: readonly string[]): Promise<ReadonlyMap<string, EndpointCondition>>;
  /** How many endpoints have failed since their last success. */
  failing(): Promise<number>;
  failed(endpointId: string, nowMs: number): Promise<EndpointHealth>;
  /** By endpoint, when it worked last: its failures from before are forgotten, later ones are not. */
  succeeded(successes: ReadonlyMap<string, number>): Promise<void>;
  /** All its failures are forgotten. */
  heal(endpointId: string): Promise<void>;
  /** Whether the caller may make the one attempt that a half-open breaker lets through. */
  takeProbe(endpointId: string, nowMs: number, untilMs: number): Promise<boolean>;
  /** Milliseconds until the rate lets a delivery begin; 0 begins one. */
  pace(endpointId: string, perSecond: number, nowMs: number): Promise<number>;

  /** Says that a process delivers, and answers which do, itself among them. Who says nothing for 40 s is none of them. */
  attend(attendance: Attendance): Promise<readonly Deliverer[]>;
  /** It has nothing under way any more. */
  depart(delivererId: string): Promise<void>;

  /** It was removed. Answers the messages that waited for their turn: nobody else knows of them. */
  forget(endpointId: string): Promise<readonly LinedMessage[]>;
  close(): Promise<void>;
}
