import { type CheckpointStore, type SqlTransaction, START_OF_STORE } from '@imprest/application';

export interface SqlStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Checkpoints in a map. What a projector writes is kept as `statements`, when its transaction commits. */
export class InMemoryCheckpointStore implements CheckpointStore {
  readonly statements: SqlStatement[] = [];
  private readonly positions = new Map<string, bigint>();

  async load(consumer: string): Promise<bigint> {
    return this.positions.get(consumer) ?? START_OF_STORE;
  }

  async save(consumer: string, position: bigint): Promise<void> {
    if (position > (await this.load(consumer))) this.positions.set(consumer, position);
  }

  async advance(
    consumer: string,
    position: bigint,
    work: (transaction: SqlTransaction) => Promise<void>,
  ): Promise<void> {
    const written: SqlStatement[] = [];
    await work({
      query: async (sql, parameters = []) => {
        written.push({ sql, parameters });
        return [];
      },
    });
    this.statements.push(...written);
    await this.save(consumer, position);
  }
}
