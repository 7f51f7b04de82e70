import { checkpointStoreConformance } from '@imprest/testkit/conformance';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { Pool } from 'pg';
import { migrations } from '../migrations/index.js';
import { PostgresCheckpointStore } from './postgres-checkpoint-store.js';

checkpointStoreConformance('PostgreSQL', async () => {
  const database = await createTestDatabase({ migrations });
  const pools: Pool[] = [];
  return {
    connect: async () => {
      const pool = new Pool({ connectionString: database.url });
      pools.push(pool);
      return new PostgresCheckpointStore(pool);
    },
    dispose: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
      await database.drop();
    },
  };
});
