import { workerRegistryConformance } from '@imprest/testkit/conformance';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { migrations } from './migrations.js';
import { PostgresWorkerRegistry } from './postgres-worker-registry.js';

workerRegistryConformance('PostgreSQL', async () => {
  const database = await createTestDatabase({ migrations });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  return {
    connect: () => new PostgresWorkerRegistry({ connectionString: database.url }),
    goneAfterMs: 35_000,
    elapse: async (ms) => {
      const text = `update worker_registry.workers
        set seen_at = seen_at - $1::float8 * interval '1 ms'`;
      await client.query(text, [ms]);
    },
    dispose: async () => {
      await client.end();
      await database.drop();
    },
  };
});
