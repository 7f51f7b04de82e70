/** Runs SQL with positional parameters inside one transaction. */
export interface SqlTransaction {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** Where each consumer has got to. */
export interface CheckpointStore {
  /** START_OF_STORE for a consumer never seen. */
  load(consumer: string): Promise<bigint>;
  /** For reactors, whose effects are safe to repeat. Never moves backwards. */
  save(consumer: string, position: bigint): Promise<void>;
  /**
   * For projectors: the rows that `work` writes and the checkpoint commit together or not at all.
   * A position at or behind the checkpoint was worked on before: then nothing happens.
   * @throws whatever `work` throws, after rolling back; an error that names the consumer when another
   * process has moved it since this one loaded it, since the batch may overlap with that one's.
   */
  advance(
    consumer: string,
    position: bigint,
    work: (transaction: SqlTransaction) => Promise<void>,
  ): Promise<void>;
}
