import { checkpointStoreConformance } from '@imprest/testkit/conformance';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { migrations } from '../migrations/index.js';
import { PostgresCheckpointStore } from './postgres-checkpoint-store.js';

checkpointStoreConformance('PostgreSQL', async () => {
  const database = await createTestDatabase({ migrations });
  const stores: PostgresCheckpointStore[] = [];
  return {
    connect: async () => {
      const store = new PostgresCheckpointStore({ connectionString: database.url });
      stores.push(store);
      return store;
    },
    dispose: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await database.drop();
    },
  };
});
