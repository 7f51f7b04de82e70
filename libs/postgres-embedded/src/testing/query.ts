import { Client } from 'pg';

/** Rows of the last of the statements, on a connection of their own. */
export async function query(
  connectionString: string,
  ...statements: string[]
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  // A server killed between two statements is reported here; the statement itself rejects as well.
  client.on('error', () => {});
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
