import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { migrations } from './migrations.js';
import { PostgresWorkQueue } from './postgres-work-queue.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ migrations });
});
afterAll(() => database.drop());

async function cutConnections(): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'imprest work queue jobs' and datname = current_database()`,
  );
  await client.end();
}

const anItem = (id: string) => ({ id, tenantId: 'tenant', lane: 'lane', cost: 1 });

test('after its connections were cut a queue works again, and its listeners hear again', async () => {
  const troubles: Error[] = [];
  const queue = await PostgresWorkQueue.connect({
    connectionString: database.url,
    queue: 'jobs',
    onTrouble: (error) => troubles.push(error),
  });
  onTestFinished(() => queue.close());
  const heard = vi.fn();
  queue.onReady(heard);
  await queue.enqueue([anItem('before')]);
  await vi.waitUntil(() => heard.mock.calls.length > 0, { timeout: 5_000 });

  await cutConnections();
  await vi.waitUntil(() => troubles.length > 0, { timeout: 5_000 });

  await vi.waitUntil(
    () =>
      queue.enqueue([anItem('after')]).then(
        () => true,
        () => false,
      ),
    {
      timeout: 5_000,
    },
  );
  heard.mockClear();
  await vi.waitUntil(() => heard.mock.calls.length > 0, { timeout: 5_000 });
  const leases = await queue.lease({ workerId: 'w', limit: 10, leaseMs: 1_000 });
  expect(leases.map(({ id }) => id)).toEqual(['before', 'after']);
});

test('a statement cut short rejects the calls that shared it, and only those', async () => {
  const queue = await PostgresWorkQueue.connect({ connectionString: database.url, queue: 'cut' });
  onTestFinished(() => queue.close());
  const blocker = new Client({ connectionString: database.url });
  await blocker.connect();
  onTestFinished(() => blocker.end());
  await blocker.query('begin');
  await blocker.query(`select pg_advisory_xact_lock(hashtextextended('work_queue cut', 0))`);
  const cut = Promise.allSettled([queue.enqueue([anItem('a')]), queue.enqueue([anItem('b')])]);
  await vi.waitUntil(
    async () => {
      const { rows } = await blocker.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'imprest work queue cut' and wait_event = 'advisory'`,
      );
      return rows.length > 0;
    },
    { timeout: 5_000 },
  );
  expect((await cut).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await blocker.query('commit');

  await queue.enqueue([anItem('c')]);
  expect(await queue.lease({ workerId: 'w', limit: 10, leaseMs: 1_000 })).toMatchObject([
    { id: 'c' },
  ]);
});

test('without server or schema connecting fails and says so', async () => {
  const empty = await createTestDatabase();
  onTestFinished(() => empty.drop());
  await expect(
    PostgresWorkQueue.connect({ connectionString: empty.url, queue: 'jobs' }),
  ).rejects.toThrow(/work queue jobs.*work_queue/);
  await expect(
    PostgresWorkQueue.connect({ connectionString: 'postgres://127.0.0.1:1/none', queue: 'jobs' }),
  ).rejects.toThrow(/cannot open work queue jobs/);
  await expect(
    PostgresWorkQueue.connect({ connectionString: empty.url, queue: '' }),
  ).rejects.toThrow(RangeError);
});

test('a queue closed while its listener still connects closes all the same', async () => {
  const queue = await PostgresWorkQueue.connect({ connectionString: database.url, queue: 'brief' });
  queue.onReady(() => undefined);
  await queue.close();
});
