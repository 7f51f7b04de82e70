import { endpointTrafficConformance } from '@imprest/testkit/conformance';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { migrations } from './migrations.js';
import { PostgresEndpointTraffic } from './postgres-endpoint-traffic.js';

endpointTrafficConformance('PostgreSQL', async () => {
  const database = await createTestDatabase({ migrations });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  return {
    connect: () => new PostgresEndpointTraffic({ connectionString: database.url }),
    elapse: async (ms) => {
      const age = `update endpoint_traffic.messages set turn_at = turn_at - $1 * interval '1 ms'`;
      await client.query(age, [ms]);
    },
    dispose: async () => {
      await client.end();
      await database.drop();
    },
  };
});
