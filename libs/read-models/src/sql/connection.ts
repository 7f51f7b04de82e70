import { Pool } from 'pg';

/** A pool of one's own, or one that several stores share. */
export type Connection =
  | { readonly connectionString: string }
  /** Stays open when the store is closed. */
  | { readonly pool: Pool };

export interface OpenConnection {
  readonly pool: Pool;
  close(): Promise<void>;
}

export function openConnection(connection: Connection, max: number): OpenConnection {
  if ('pool' in connection) return { pool: connection.pool, close: async () => {} };
  const pool = new Pool({
    connectionString: connection.connectionString,
    application_name: 'imprest projections',
    max,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  let ended: Promise<void> | undefined;
  const close = () => {
    ended ??= pool.end();
    return ended;
  };
  return { pool, close };
}
