import { snapshotStoreConformance } from '@imprest/testkit/conformance';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { Pool } from 'pg';
import { migrations } from '../migrations/index.js';
import { PostgresSnapshotStore } from './postgres-snapshot-store.js';

snapshotStoreConformance('PostgreSQL', async () => {
  const database = await createTestDatabase({ migrations });
  const pool = new Pool({ connectionString: database.url });
  return {
    store: new PostgresSnapshotStore(pool),
    dispose: async () => {
      await pool.end();
      await database.drop();
    },
  };
});
