import {
  type Accepted,
  type CheckpointStore,
  type SqlTransaction,
  START_OF_STORE,
  type Standing,
} from '@imprest/application';
import type { Pool, PoolClient } from 'pg';
import { type Connection, type OpenConnection, openConnection } from '../sql/connection.js';
import { sqlTransaction } from '../sql/sql-transaction.js';
import { inTransaction } from './in-transaction.js';
import { type ProgressRow, prune, standingOf, writeAccepted } from './inbox.js';

const LOAD = 'select position from read_models.checkpoints where consumer = $1';
const PROGRESS = 'select position, reached, parked from read_models.checkpoints where consumer = ';
const SAVE = `
  insert into read_models.checkpoints (consumer, position)
  select $1, $2 where set_config('synchronous_commit', 'off', true) = 'off'
  on conflict (consumer) do update set position = excluded.position
    where checkpoints.position < excluded.position`;
const ENTER =
  'insert into read_models.checkpoints (consumer, position) values ($1, 0) on conflict do nothing';
const MOVE = 'update read_models.checkpoints set position = $2 where consumer = $1';

/** More wait for a connection; each needs one for as long as a batch takes. */
const CONSUMERS_AT_ONCE = 8;

/** Someone else has moved the consumer on, or back, since this process last looked. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
  readonly transient = true;
  constructor(consumer: string, expected: bigint, found: bigint) {
    super(
      `consumer ${consumer} is at ${found} and not at ${expected}: another process runs it too`,
    );
  }
}

/**
 * Progress beside the rows it stands for. Commits do not wait for the disk: rows and progress are lost
 * together or not at all, and what is lost in a crash is projected again.
 *
 * A projector's transaction begins by locking its consumer's row: rows of one table may come from many streams, so
 * two transactions that change them side by side would each undo what the other one added.
 */
export class PostgresCheckpointStore implements CheckpointStore {
  /** Where this process first found or last left each consumer: its events go on from there. */
  private readonly seen = new Map<string, bigint>();

  private readonly connection: OpenConnection;

  constructor(connection: Connection) {
    this.connection = openConnection(connection, CONSUMERS_AT_ONCE);
  }

  private get pool(): Pool {
    return this.connection.pool;
  }

  async load(consumer: string): Promise<bigint> {
    const { rows } = await this.pool.query<{ position: string }>(LOAD, [consumer]);
    const position = rows[0] === undefined ? START_OF_STORE : BigInt(rows[0].position);
    // Looking again must not hide that someone else has moved it: only a refused advance forgets.
    if (!this.seen.has(consumer)) this.seen.set(consumer, position);
    return position;
  }

  async save(consumer: string, position: bigint): Promise<void> {
    await this.pool.query(SAVE, [consumer, position]);
  }

  /**
   * A position at or behind the checkpoint means that the batch was processed before: nothing happens.
   * @throws CheckpointMoved when the batch may overlap with what another process has written.
   */
  async advance(
    consumer: string,
    position: bigint,
    work: (transaction: SqlTransaction, standing: Standing) => Promise<void>,
  ): Promise<void> {
    const reached = await this.holding(consumer, async (client, standing) => {
      const stored = standing.position;
      const expected = this.seen.get(consumer) ?? stored;
      if (stored !== expected) {
        this.seen.delete(consumer);
        throw new CheckpointMoved(consumer, expected, stored);
      }
      if (position <= stored) return stored;
      await work(sqlTransaction(client), standing);
      await client.query(MOVE, [consumer, position]);
      return position;
    });
    this.seen.set(consumer, reached);
  }

  async standing(consumer: string): Promise<Standing> {
    const { rows } = await this.pool.query<ProgressRow>(`${PROGRESS}$1`, [consumer]);
    return standingOf(this.pool, consumer, rows[0]);
  }

  record(consumer: string, accepted: Accepted): Promise<void> {
    return writeAccepted(this.pool, consumer, accepted);
  }

  accept(
    consumer: string,
    work: (transaction: SqlTransaction, standing: Standing) => Promise<Accepted>,
  ): Promise<void> {
    return this.holding(consumer, async (client, standing) => {
      await writeAccepted(client, consumer, await work(sqlTransaction(client), standing));
    });
  }

  prune(consumer: string): Promise<void> {
    return prune(this.pool, consumer);
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** A transaction that has the consumer to itself. */
  private holding<T>(
    consumer: string,
    work: (client: PoolClient, standing: Standing) => Promise<T>,
  ): Promise<T> {
    const lock = (client: PoolClient) => `${PROGRESS}${client.escapeLiteral(consumer)} for update`;
    return inTransaction(this.pool, lock, async (client, rows) => {
      let [row] = rows as readonly ProgressRow[];
      while (row === undefined) {
        await client.query(ENTER, [consumer]);
        [row] = (await client.query<ProgressRow>(lock(client))).rows;
      }
      // What else there is to know is asked for only now, so that it is as the lock found it.
      return work(client, await standingOf(client, consumer, row));
    });
  }
}
