import { type CheckpointStore, type SqlTransaction, START_OF_STORE } from '@imprest/application';
import type { Pool, PoolClient } from 'pg';
import { type Connection, type OpenConnection, openConnection } from '../sql/connection.js';
import { sqlTransaction } from '../sql/sql-transaction.js';

const LOAD = 'select position from read_models.checkpoints where consumer = $1';
const SAVE = `
  insert into read_models.checkpoints (consumer, position)
  select $1, $2 where set_config('synchronous_commit', 'off', true) = 'off'
  on conflict (consumer) do update set position = greatest(checkpoints.position, excluded.position)`;
const ENTER =
  'insert into read_models.checkpoints (consumer, position) values ($1, 0) on conflict do nothing';
const MOVE = 'update read_models.checkpoints set position = $2 where consumer = $1';

/** More wait for a connection; each needs one for as long as a batch takes. */
const CONSUMERS_AT_ONCE = 8;

/** Someone else has moved the consumer on, or back, since this process last looked. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
  constructor(consumer: string, expected: bigint, found: bigint) {
    super(
      `consumer ${consumer} is at ${found} and not at ${expected}: another process runs it too`,
    );
  }
}

/**
 * Checkpoints beside the rows they stand for. Commits do not wait for the disk: rows and checkpoint
 * are lost together or not at all, and what is lost in a crash is projected again.
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
    work: (transaction: SqlTransaction) => Promise<void>,
  ): Promise<void> {
    const reached = await inTransaction(this.pool, async (client) => {
      const stored = await lockCheckpoint(client, consumer);
      const expected = this.seen.get(consumer) ?? stored;
      if (stored !== expected) {
        this.seen.delete(consumer);
        throw new CheckpointMoved(consumer, expected, stored);
      }
      if (position <= stored) return stored;
      await work(sqlTransaction(client));
      await client.query(MOVE, [consumer, position]);
      return position;
    });
    this.seen.set(consumer, reached);
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}

async function lockCheckpoint(client: PoolClient, consumer: string): Promise<bigint> {
  for (;;) {
    const { rows } = await client.query<{ position: string }>(`${LOAD} for update`, [consumer]);
    if (rows[0] !== undefined) return BigInt(rows[0].position);
    await client.query(ENTER, [consumer]);
  }
}

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin; set local synchronous_commit = off');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    broken = await client.query('rollback').then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    client.release(broken);
  }
}
