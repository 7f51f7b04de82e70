import { PostgresWorkQueue } from '@imprest/work-queue-postgres';
import { Client } from 'pg';
import { migrateQueue } from './own.js';

export interface BacklogMemory {
  /** Of this process, beyond what it had before the first job. */
  readonly processMib: number;
  /** Of the queue's tables and indexes. */
  readonly storedMib: number;
}

const TENANTS = 20;
const AT_ONCE = 10_000;
const MIB = 1024 * 1024;
const STORED = `
  select sum(pg_total_relation_size(c.oid))::float8 as bytes
    from pg_class c where c.relnamespace = 'work_queue'::regnamespace and c.relkind = 'r'`;

/** What a queue holds of its own while so many jobs wait in it. */
export async function backlogMemory(
  connectionString: string,
  jobs: number,
): Promise<BacklogMemory> {
  await migrateQueue(connectionString);
  const queue = await PostgresWorkQueue.connect({ connectionString, queue: 'memory' });
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const before = process.memoryUsage().rss;
    for (let from = 0; from < jobs; from += AT_ONCE) {
      await queue.enqueue(
        Array.from({ length: Math.min(AT_ONCE, jobs - from) }, (_, n) => ({
          id: `job-${from + n}`,
          tenantId: `tenant-${n % TENANTS}`,
          lane: 'model',
          cost: 1_000,
        })),
      );
    }
    const waiting = (await queue.depth()).reduce((sum, { ready }) => sum + ready, 0);
    if (waiting !== jobs) throw new Error(`${waiting} of ${jobs} jobs wait`);
    const { rows } = await client.query<{ bytes: number }>(STORED);
    return {
      processMib: Math.max(0, process.memoryUsage().rss - before) / MIB,
      storedMib: (rows[0]?.bytes ?? 0) / MIB,
    };
  } finally {
    await client.end();
    await queue.close();
  }
}
