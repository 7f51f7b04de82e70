import { defaultShare } from '@imprest/application';
import { PostgresWorkQueue } from '@imprest/work-queue-postgres';
import { Client } from 'pg';
import { migrateQueue } from './own.js';

/** Backlogs whose scheduling is measured: how many jobs wait, of how many tenants. */
export const BACKLOGS = [
  { jobs: 10, tenants: 10 },
  { jobs: 1_000, tenants: 20 },
  { jobs: 100_000, tenants: 20 },
  { jobs: 100_000, tenants: 10_000 },
] as const;

const DISPATCHES = 400;
const ENQUEUED_AT_ONCE = 10_000;

/** Milliseconds for a lease of one job and its end, with one put in for it so that the backlog stays: the median. */
export async function dispatchMs(
  connectionString: string,
  backlog: { readonly jobs: number; readonly tenants: number },
): Promise<number> {
  await migrateQueue(connectionString);
  const queue = await PostgresWorkQueue.connect({ connectionString, queue: 'scheduling' });
  try {
    const job = (n: number) => ({
      id: `job-${n}`,
      tenantId: `tenant-${n % backlog.tenants}`,
      lane: 'model',
      cost: 1_000 + ((n * 7) % 4) * 1_000,
    });
    await queue.setShare('tenant-1', { ...defaultShare, weight: 4, priority: 1 });
    for (let from = 0; from < backlog.jobs; from += ENQUEUED_AT_ONCE) {
      const count = Math.min(ENQUEUED_AT_ONCE, backlog.jobs - from);
      await queue.enqueue(Array.from({ length: count }, (_, n) => job(from + n)));
    }
    await vacuum(connectionString);
    const times: number[] = [];
    for (let n = 0; n < DISPATCHES; n += 1) {
      const start = performance.now();
      const leases = await queue.lease({ workerId: 'bench', limit: 1, leaseMs: 60_000 });
      times.push(performance.now() - start);
      if (leases.length !== 1) throw new Error('a queue with a backlog gave nothing');
      await queue.complete(leases.map((lease) => ({ ...lease, cost: 1_500 })));
      await queue.enqueue([job(backlog.jobs + n)]);
    }
    return times.sort((a, b) => a - b)[DISPATCHES >> 1] as number;
  } finally {
    await queue.close();
  }
}

async function vacuum(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query('vacuum analyze');
  await client.end();
}
