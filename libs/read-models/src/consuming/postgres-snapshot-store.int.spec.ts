import { snapshotStoreConformance } from '@imprest/testkit/conformance';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { migrations } from '../migrations/index.js';
import { PostgresSnapshotStore } from './postgres-snapshot-store.js';

snapshotStoreConformance('PostgreSQL', async () => {
  const database = await createTestDatabase({ migrations });
  const store = new PostgresSnapshotStore({ connectionString: database.url });
  return {
    store,
    dispose: async () => {
      await store.close();
      await database.drop();
    },
  };
});
