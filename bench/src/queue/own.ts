import { migrations, PostgresWorkQueue } from '@imprest/work-queue-postgres';
import { Client } from 'pg';
import { BATCH, CALLERS, type Contender, drainBy, queueInBatches, WORKERS } from './contender.js';

/** Lays out the schema in a database that has none. */
export async function migrateQueue(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  const { rows } = await client.query(`select to_regnamespace('work_queue') is not null as there`);
  if (!rows[0].there) for (const { up } of migrations) await client.query(up);
  await client.end();
}

export async function ownQueue(connectionString: string): Promise<Contender> {
  await migrateQueue(connectionString);
  const queue = await PostgresWorkQueue.connect({ connectionString, queue: 'bench' });
  const drain = (callers: number, limit: number) =>
    drainBy(callers, async () => {
      const leases = await queue.lease({ workerId: 'bench', limit, leaseMs: 60_000 });
      const lost = await queue.complete(leases);
      if (lost.length > 0) throw new Error(`${lost.length} leases of the own queue were lost`);
      return leases.length;
    });
  return {
    name: 'own queue',
    enqueue: (jobs) => queueInBatches(jobs, (batch) => queue.enqueue(batch)),
    drain: () => drain(CALLERS, BATCH),
    drainOneByOne: () => drain(WORKERS, 1),
    close: () => queue.close(),
  };
}
