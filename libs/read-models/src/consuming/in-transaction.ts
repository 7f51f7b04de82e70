import type { Pool, PoolClient } from 'pg';

/**
 * One transaction that does not wait for the disk. `opening` goes to the server together with `begin`, so it
 * has no parameters.
 */
export async function inTransaction<T>(
  pool: Pool,
  opening: (client: PoolClient) => string,
  work: (client: PoolClient, rows: readonly unknown[]) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  const lost = () => {
    broken = true;
  };
  // A connection that is lost while nothing is asked would otherwise end the process.
  client.on('error', lost);
  try {
    const begin = `begin; set local synchronous_commit = off; ${opening(client)}`;
    const results = (await client.query(begin)) as unknown as { readonly rows: unknown[] }[];
    const result = await work(client, results.at(-1)?.rows ?? []);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(lost);
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}
