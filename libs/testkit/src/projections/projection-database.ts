import type { Projector, SqlTransaction } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../postgres-database.js';

export interface ProjectionDatabase extends TestDatabase {
  readonly sql: SqlTransaction;
  /** Projects in batches, each in a transaction of its own. */
  project(
    projector: Projector,
    events: readonly RecordedEvent[],
    batchSize?: number,
  ): Promise<void>;
}

/** A fresh database to project into and to look at. */
export async function createProjectionDatabase(
  migrations: readonly { readonly up: string }[],
): Promise<ProjectionDatabase> {
  const database = await createTestDatabase({ migrations });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const sql: SqlTransaction = {
    query: async <Row>(text: string, parameters?: readonly unknown[]) =>
      (await client.query(text, parameters as unknown[])).rows as Row[],
  };
  const projectBatch = async (projector: Projector, batch: readonly RecordedEvent[]) => {
    await sql.query('begin');
    try {
      await projector.project(batch, sql);
      await sql.query('commit');
    } catch (error) {
      await sql.query('rollback');
      throw error;
    }
  };
  return {
    url: database.url,
    sql,
    async project(projector, events, batchSize = projector.batchSize ?? 500) {
      for (let at = 0; at < events.length; at += batchSize) {
        await projectBatch(projector, events.slice(at, at + batchSize));
      }
    },
    async drop() {
      await client.end();
      await database.drop();
    },
  };
}
