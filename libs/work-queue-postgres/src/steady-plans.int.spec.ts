import { createTestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { migrations } from './migrations.js';
import { PostgresWorkQueue } from './postgres-work-queue.js';

const COUNTERS = `
  select sum(seq_scan)::float8 as scans, sum(seq_tup_read + idx_tup_fetch)::float8 as rows
    from pg_stat_xact_user_tables where schemaname = 'work_queue'`;

test('plans made on empty tables read a few rows by index however many items wait', async () => {
  const database = await createTestDatabase({ migrations });
  onTestFinished(() => database.drop());
  const client = new Client({ connectionString: database.url });
  await client.connect();
  onTestFinished(() => client.end());

  /** Rows read by a call on this one connection, whose plans are from before the first item. */
  async function rowsRead(call: string): Promise<number> {
    await client.query('begin');
    const before = (await client.query(COUNTERS)).rows[0];
    await client.query(`select work_queue.${call}`);
    const after = (await client.query(COUNTERS)).rows[0];
    await client.query('commit');
    expect(after.scans, call).toBe(before.scans);
    return after.rows - before.rows;
  }
  const measure = async () => ({
    lease: await rowsRead(`lease('jobs', null, '{w}', '{1}', '{60000}')`),
    extend: await rowsRead(`extend('jobs', '{item-1}', '{1}', '{60000}')`),
    complete: await rowsRead(`complete('jobs', '{item-2}', '{1}')`),
    release: await rowsRead(`release('jobs', '{item-3}', '{1}', '{null}')`),
    remove: await rowsRead(`remove('jobs', '{item-4}')`),
    expired: await rowsRead(`expired('jobs', 10)`),
    look: await rowsRead(`look('jobs')`),
    enqueue: await rowsRead(
      `enqueue('jobs', '{tenant-0}', '{lane-0}', '{1}', '{item-5}', '{1}', '{1}', '{null}')`,
    ),
  });
  await measure();
  await client.query('analyze');
  await measure();

  const queue = await PostgresWorkQueue.connect({ connectionString: database.url, queue: 'jobs' });
  onTestFinished(() => queue.close());
  const later = new Date(Date.now() + 3_600_000);
  await queue.enqueue(
    Array.from({ length: 20_000 }, (_, n) => ({
      id: `item-${n}`,
      tenantId: `tenant-${n % 50}`,
      lane: `lane-${n % 3}`,
      cost: 1 + (n % 4),
      ...(n % 10 === 0 && { readyAt: later }),
    })),
  );

  for (const [call, rows] of Object.entries(await measure())) {
    expect(rows, call).toBeLessThan(call === 'expired' ? 400 : 60);
  }
});
