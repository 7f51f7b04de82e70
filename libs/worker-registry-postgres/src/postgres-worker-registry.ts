import type {
  BeatAnswer,
  RegisteredWorker,
  WorkerBeat,
  WorkerDescription,
  WorkerRegistry,
} from '@imprest/application';
import type { OrderedStanding } from '@imprest/domain';
import { Pool } from 'pg';
import { BEAT, LEAVE, ORDER, REGISTER, WORKERS } from './statements.js';

export interface PostgresWorkerRegistryOptions {
  readonly connectionString: string;
  /** Without a beat for so long a worker is gone; 35,000 when absent: three beats and a little. */
  readonly goneAfterMs?: number;
}

const TIMEOUT_MS = 5_000;
const GONE_AFTER_MS = 35_000;

interface KnownRow {
  readonly id: string;
  readonly session: string;
  readonly standing: OrderedStanding;
}

/** One row for each worker, in an unlogged table. */
export class PostgresWorkerRegistry implements WorkerRegistry {
  private readonly pool: Pool;
  private readonly goneAfterMs: number;

  constructor({ connectionString, goneAfterMs = GONE_AFTER_MS }: PostgresWorkerRegistryOptions) {
    this.goneAfterMs = goneAfterMs;
    this.pool = new Pool({
      connectionString,
      application_name: 'imprest worker registry',
      max: 2,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
    });
    // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
    this.pool.on('error', () => {});
  }

  async register(worker: WorkerDescription, standing: OrderedStanding): Promise<void> {
    const { id, session, models, providers, vramBytes, slots, labels, version } = worker;
    await this.pool.query(REGISTER, [
      ...[id, session, standing, models, providers, vramBytes, slots],
      ...[JSON.stringify(labels), version, JSON.stringify(worker.residency)],
    ]);
  }

  async beat(beats: readonly WorkerBeat[]): Promise<readonly BeatAnswer[]> {
    if (beats.length === 0) return [];
    const { rows } = await this.pool.query<KnownRow>(BEAT, [JSON.stringify(beats)]);
    const known = new Map(rows.map((row) => [row.id, row]));
    return beats.map(({ id, session }) => {
      const row = known.get(id);
      if (row === undefined) return 'unknown';
      return row.session === session ? row.standing : 'replaced';
    });
  }

  async leave(id: string, session: string): Promise<void> {
    await this.pool.query(LEAVE, [id, session]);
  }

  async order(id: string, standing: OrderedStanding): Promise<boolean> {
    return (await this.pool.query(ORDER, [id, standing])).rowCount === 1;
  }

  async workers(): Promise<readonly RegisteredWorker[]> {
    return (await this.pool.query<RegisteredWorker>(WORKERS, [this.goneAfterMs])).rows;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
