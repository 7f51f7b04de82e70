import { checkpointStoreConformance } from '@imprest/testkit/conformance';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { expect, test } from 'vitest';
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

test('a connection that is cut while work goes on elsewhere fails its batch and nothing else', async () => {
  const database = await createTestDatabase({ migrations });
  const store = new PostgresCheckpointStore({ connectionString: database.url });
  const other = new Client({ connectionString: database.url });
  await other.connect();
  const cut = store.advance('projector', 5n, async (sql) => {
    const [row] = await sql.query<{ pid: number }>('select pg_backend_pid() as pid');
    await other.query('select pg_terminate_backend($1)', [row?.pid]);
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  await expect(cut).rejects.toThrow();
  await store.advance('projector', 5n, async () => {});
  expect(await store.load('projector')).toBe(5n);
  await other.end();
  await store.close();
  await database.drop();
});
