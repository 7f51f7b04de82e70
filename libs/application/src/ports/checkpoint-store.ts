/** Runs SQL with positional parameters inside one transaction. */
export interface SqlTransaction {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** How far a consumer has got with one stream. */
export interface StreamProgress {
  readonly stream: string;
  /** Of the last event processed. */
  readonly revision: number;
  /** Of the same event, in the whole store. */
  readonly position: bigint;
}

/**
 * What a consumer has behind it. An event is behind it when its position is at or below `position`, or its
 * revision is at or below the last one processed of its stream; but never when it waits in a parked stream.
 */
export interface Standing {
  /** Everything up to here was processed, or waits in a parked stream. */
  readonly position: bigint;
  /** Position of the furthest event processed stream by stream; nothing beyond `position` was when it is not above it. */
  readonly reached: bigint;
  /** By stream, the revision from which on its events wait. */
  readonly parked: ReadonlyMap<string, number>;
  /** Last revision processed of each of these streams; those that have none on record are missing. */
  revisions(streams: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** What one transaction leaves on record beside a projector's rows. */
export interface Accepted {
  readonly processed: readonly StreamProgress[];
  /** Everything up to here is processed by now. */
  readonly settled?: bigint;
  /** A parked stream whose events wait no longer. */
  readonly released?: string;
}

/**
 * Where each consumer has got to: a position in the whole store, and beyond it the last revision of each
 * stream (the inbox), because a bus with partitions delivers no one order. Recording progress of a parked
 * stream moves the revision from which on its events wait.
 */
export interface CheckpointStore {
  /** START_OF_STORE for a consumer never seen. */
  load(consumer: string): Promise<bigint>;
  /** For reactors, whose effects are safe to repeat. Never moves backwards. */
  save(consumer: string, position: bigint): Promise<void>;
  /**
   * For projectors, by position: the rows that `work` writes and the checkpoint commit together or not at all.
   * A position at or behind the checkpoint was worked on before: then nothing happens.
   * @throws whatever `work` throws, after rolling back; an error that names the consumer when another
   * process has moved it since this one loaded it, since the batch may overlap with that one's.
   */
  advance(
    consumer: string,
    position: bigint,
    work: (transaction: SqlTransaction, standing: Standing) => Promise<void>,
  ): Promise<void>;
  /** What is on record now; another process may move it on at any time. */
  standing(consumer: string): Promise<Standing>;
  /** For reactors, by revision. Never moves a stream backwards. */
  record(consumer: string, accepted: Accepted): Promise<void>;
  /**
   * For projectors, by revision: the rows that `work` writes and what it answers commit together or not at
   * all. Of one consumer one `work` or `advance` is under way at a time, across processes.
   * @throws whatever `work` throws, after rolling back
   */
  accept(
    consumer: string,
    work: (transaction: SqlTransaction, standing: Standing) => Promise<Accepted>,
  ): Promise<void>;
  /** Forgets revisions that the consumer's position covers by now. Costs a look at all it has on record. */
  prune(consumer: string): Promise<void>;
}
