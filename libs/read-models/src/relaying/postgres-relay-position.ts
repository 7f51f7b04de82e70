import { type RelayPosition, START_OF_STORE } from '@imprest/application';
import { type Connection, type OpenConnection, openConnection } from '../sql/connection.js';

/** Beside the consumers' own, in the table where everybody's progress is. */
const RELAY = 'event-relay';

const LOAD = 'select position from read_models.checkpoints where consumer = $1';
const BEGIN = `
  insert into read_models.checkpoints (consumer, position)
  values ($1, 0) on conflict (consumer) do nothing`;
/** Not worth waiting for the disk: what is lost in a crash is sent once more. */
const ADVANCE = `
  update read_models.checkpoints set position = $3
   where consumer = $1 and position = $2
     and set_config('synchronous_commit', 'off', true) = 'off'`;
const REWIND = `
  insert into read_models.checkpoints (consumer, position)
  values ($1, $2) on conflict (consumer) do update set position = excluded.position`;

const CONNECTIONS = 1;

/** Moves only from where it was seen, so that a deposed leader that wakes up moves nothing. */
export class PostgresRelayPosition implements RelayPosition {
  private readonly connection: OpenConnection;

  constructor(connection: Connection) {
    this.connection = openConnection(connection, CONNECTIONS);
  }

  async load(): Promise<bigint> {
    const { pool } = this.connection;
    const { rows } = await pool.query<{ position: string }>(LOAD, [RELAY]);
    if (rows[0] !== undefined) return BigInt(rows[0].position);
    await pool.query(BEGIN, [RELAY]);
    return START_OF_STORE;
  }

  async advance(from: bigint, to: bigint): Promise<boolean> {
    const { rowCount } = await this.connection.pool.query(ADVANCE, [RELAY, from, to]);
    return rowCount === 1;
  }

  async rewind(to: bigint): Promise<void> {
    await this.connection.pool.query(REWIND, [RELAY, to]);
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
