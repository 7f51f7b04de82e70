import { identityStoreConformance } from '@imprest/testkit/conformance';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { migrations } from './migrations.js';
import { PostgresIdentityStore } from './postgres-identity-store.js';

identityStoreConformance('PostgreSQL', async () => {
  const database = await createTestDatabase({ migrations });
  const store = new PostgresIdentityStore({ connectionString: database.url });
  return {
    store,
    dispose: async () => {
      await store.close();
      await database.drop();
    },
  };
});
