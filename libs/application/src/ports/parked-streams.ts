/** What an operator asked for. */
export interface ParkedRequest {
  readonly action: 'retry' | 'skip';
  /** Of the event that was looked at: a skip is meant for no other one. */
  readonly revision: number;
  readonly reason: string;
  /** Id of the actor. */
  readonly by: string;
  readonly at: Date;
}

/** One event that a consumer cannot process, and with it whatever follows in its stream. */
export interface ParkedStream {
  /** The same for the same consumer and stream. */
  readonly id: string;
  readonly consumer: string;
  readonly kind: 'projector' | 'reactor';
  readonly stream: string;
  /** Of the event; everything from here on waits, and is read from the event store when its turn comes. */
  readonly revision: number;
  readonly eventId: string;
  readonly eventType: string;
  /** What the consumer threw. */
  readonly reason: string;
  readonly attempts: number;
  readonly parkedAt: Date;
  /** Nothing waits any more; what came in the last moment is still to be looked for, from `revision` on. */
  readonly released: boolean;
  /** Null until an operator asks for something, and again when that has been done. */
  readonly request: ParkedRequest | null;
}

export interface ParkedPage {
  readonly items: readonly ParkedStream[];
  readonly nextCursor: string | null;
}

export interface ParkedFilter {
  readonly consumer?: string;
  /** Parked last first when absent. */
  readonly sort?: 'parkedAt' | '-parkedAt';
  /** Of a page in the same order. */
  readonly cursor?: string;
  readonly limit: number;
}

/** Streams whose events wait, per consumer: few at any time, and none when all is well. */
export interface ParkedStreams {
  /** Parks a stream, or tells again why one is parked: attempts add up, and a request is done with. */
  park(parked: Omit<ParkedStream, 'request' | 'released'>): Promise<void>;
  /** Forgets a stream that was released (see Accepted) and has not been parked again. */
  remove(consumer: string, stream: string): Promise<void>;
  find(id: string): Promise<ParkedStream | undefined>;
  /** @throws InvalidCursor */
  list(filter: ParkedFilter): Promise<ParkedPage>;
  /** All of one consumer. */
  of(consumer: string): Promise<readonly ParkedStream[]>;
  /** False when the stream does not wait at the request's revision any more, or something is asked for already. */
  request(id: string, request: ParkedRequest): Promise<boolean>;
  /** Parked streams and open requests of each consumer that has any. */
  counts(): Promise<readonly ParkedCount[]>;
}

export interface ParkedCount {
  readonly consumer: string;
  readonly parked: number;
  readonly requested: number;
}
