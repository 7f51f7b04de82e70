import {
  type Accepted,
  type CheckpointStore,
  type SqlTransaction,
  START_OF_STORE,
  type Standing,
  type StreamProgress,
} from '@imprest/application';

export interface SqlStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

interface Progress {
  position: bigint;
  reached: bigint;
  readonly inbox: Map<string, StreamProgress>;
  readonly parked: Map<string, number>;
  readonly released: Set<string>;
  /** Transactions of one consumer go one after the other. */
  turn: Promise<unknown>;
}

/** Progress in maps. What a projector writes is kept as `statements`, when its transaction commits. */
export class InMemoryCheckpointStore implements CheckpointStore {
  readonly statements: SqlStatement[] = [];
  private readonly consumers = new Map<string, Progress>();

  async load(consumer: string): Promise<bigint> {
    return this.progress(consumer).position;
  }

  async save(consumer: string, position: bigint): Promise<void> {
    const progress = this.progress(consumer);
    if (position > progress.position) progress.position = position;
  }

  async advance(
    consumer: string,
    position: bigint,
    work: (transaction: SqlTransaction, standing: Standing) => Promise<void>,
  ): Promise<void> {
    await this.exclusively(consumer, async () => {
      const written = await this.written((transaction) =>
        work(transaction, this.standingOf(consumer)),
      );
      this.statements.push(...written);
      await this.save(consumer, position);
    });
  }

  async standing(consumer: string): Promise<Standing> {
    return this.standingOf(consumer);
  }

  async record(consumer: string, { processed, settled, released }: Accepted): Promise<void> {
    const progress = this.progress(consumer);
    for (const step of processed) {
      const known = progress.inbox.get(step.stream);
      if (known === undefined || known.revision < step.revision) {
        progress.inbox.set(step.stream, step);
      }
      if (step.position > progress.reached) progress.reached = step.position;
      const waiting = progress.parked.get(step.stream);
      if (waiting !== undefined && waiting <= step.revision) {
        progress.parked.set(step.stream, step.revision + 1);
      }
    }
    if (settled !== undefined) await this.save(consumer, settled);
    if (released !== undefined) {
      progress.parked.delete(released);
      progress.released.add(released);
    }
  }

  async accept(
    consumer: string,
    work: (transaction: SqlTransaction, standing: Standing) => Promise<Accepted>,
  ): Promise<void> {
    await this.exclusively(consumer, async () => {
      let accepted: Accepted = { processed: [] };
      const written = await this.written(async (transaction) => {
        accepted = await work(transaction, this.standingOf(consumer));
      });
      this.statements.push(...written);
      await this.record(consumer, accepted);
    });
  }

  async prune(consumer: string): Promise<void> {
    const { inbox, position } = this.progress(consumer);
    for (const step of inbox.values()) if (step.position <= position) inbox.delete(step.stream);
  }

  /** Revisions from which on events wait, by stream. */
  parkedOf(consumer: string): Map<string, number> {
    return this.progress(consumer).parked;
  }

  /** Streams that were released and not forgotten yet. */
  releasedOf(consumer: string): Set<string> {
    return this.progress(consumer).released;
  }

  /** How many streams have a revision on record. */
  inboxSize(consumer: string): number {
    return this.progress(consumer).inbox.size;
  }

  private standingOf(consumer: string): Standing {
    const { position, reached, inbox, parked } = this.progress(consumer);
    return {
      position,
      reached,
      parked: new Map(parked),
      revisions: async (streams) =>
        new Map(
          streams.flatMap((stream) => {
            const known = inbox.get(stream);
            return known === undefined ? [] : [[stream, known.revision] as const];
          }),
        ),
    };
  }

  private async written(work: (transaction: SqlTransaction) => Promise<void>) {
    const statements: SqlStatement[] = [];
    await work({
      query: async (sql, parameters = []) => {
        statements.push({ sql, parameters });
        return [];
      },
    });
    return statements;
  }

  private exclusively(consumer: string, work: () => Promise<void>): Promise<void> {
    const progress = this.progress(consumer);
    const turn = progress.turn.then(work);
    progress.turn = turn.catch(() => undefined);
    return turn;
  }

  private progress(consumer: string): Progress {
    let progress = this.consumers.get(consumer);
    if (progress === undefined) {
      const turn = Promise.resolve();
      const at = { position: START_OF_STORE, reached: START_OF_STORE };
      progress = { ...at, inbox: new Map(), parked: new Map(), released: new Set(), turn };
      this.consumers.set(consumer, progress);
    }
    return progress;
  }
}
