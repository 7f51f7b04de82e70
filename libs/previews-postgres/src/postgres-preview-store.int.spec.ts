import { previewStoreConformance } from '@imprest/testkit/conformance';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { migrations } from './migrations.js';
import { PostgresPreviewStore } from './postgres-preview-store.js';

previewStoreConformance('PostgreSQL', async () => {
  const database = await createTestDatabase({ migrations });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  return {
    connect: () => new PostgresPreviewStore({ connectionString: database.url }),
    elapse: async (ms) => {
      const text = `update previews.watched set
        watched_until = watched_until - $1::float8 * interval '1 ms',
        admitted_at = admitted_at - $1::float8 * interval '1 ms'`;
      await client.query(text, [ms]);
    },
    dispose: async () => {
      await client.end();
      await database.drop();
    },
  };
});
