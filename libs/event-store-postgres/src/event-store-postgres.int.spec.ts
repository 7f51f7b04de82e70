import { eventStoreConformance } from '@imprest/testkit/conformance';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { migrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.js';

eventStoreConformance('PostgreSQL', async () => {
  const database = await createTestDatabase({ migrations });
  return {
    connect: () => PostgresEventStore.connect({ connectionString: database.url }),
    dispose: () => database.drop(),
  };
});
