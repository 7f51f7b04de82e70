import { workQueueConformance } from '@imprest/testkit/conformance';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { migrations } from './migrations.js';
import { PostgresWorkQueue } from './postgres-work-queue.js';

workQueueConformance('PostgreSQL', async () => {
  const database = await createTestDatabase({ migrations });
  return {
    connect: (queue) => PostgresWorkQueue.connect({ connectionString: database.url, queue }),
    dispose: () => database.drop(),
  };
});
