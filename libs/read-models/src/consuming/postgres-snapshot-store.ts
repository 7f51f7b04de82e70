import type { Snapshot, SnapshotStore } from '@imprest/application';
import { type Connection, type OpenConnection, openConnection } from '../sql/connection.js';

const LOAD = `
  select revision, state_version, state, prefix_hash from read_models.snapshots where stream = $1`;
const SAVE = `
  insert into read_models.snapshots (stream, revision, state_version, state)
  select $1, $2, $3, $4 where set_config('synchronous_commit', 'off', true) = 'off'
  on conflict (stream) do update
    set revision = excluded.revision, state_version = excluded.state_version, state = excluded.state,
      prefix_hash = null
    where snapshots.revision <= excluded.revision`;

const CONNECTIONS = 2;

interface SnapshotRow {
  readonly revision: number;
  readonly state_version: number;
  readonly state: Snapshot['state'];
  readonly prefix_hash: Buffer | null;
}

/** One snapshot a stream, the one with the highest revision; of two with the same, the later one. */
export class PostgresSnapshotStore implements SnapshotStore {
  private readonly connection: OpenConnection;

  constructor(connection: Connection) {
    this.connection = openConnection(connection, CONNECTIONS);
  }

  async load(stream: string): Promise<Snapshot | undefined> {
    const { rows } = await this.connection.pool.query<SnapshotRow>(LOAD, [stream]);
    if (rows[0] === undefined) return undefined;
    const { revision, state_version: stateVersion, state, prefix_hash: prefix } = rows[0];
    return { revision, stateVersion, state, ...(prefix && { prefixHash: prefix.toString('hex') }) };
  }

  async save(stream: string, { revision, stateVersion, state }: Snapshot): Promise<void> {
    await this.connection.pool.query(SAVE, [stream, revision, stateVersion, JSON.stringify(state)]);
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
