import type { Lease } from '@imprest/application';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { expect, onTestFinished, test } from 'vitest';
import { migrations } from './migrations.js';
import { PostgresWorkQueue } from './postgres-work-queue.js';
import { type SimulatedQueue, SimulatedWorkers } from './testing/simulated-workers.js';
import { UnequalDemand, WEIGHTS } from './testing/unequal-demand.js';

const GPUS = 20;

/** The queue itself, which is asked for as many items at once as GPUs are free. */
async function openQueue(): Promise<SimulatedQueue> {
  const database = await createTestDatabase({ migrations });
  onTestFinished(() => database.drop());
  const queue = await PostgresWorkQueue.connect({ connectionString: database.url, queue: 'jobs' });
  onTestFinished(() => queue.close());
  for (const [n, weight] of WEIGHTS.entries()) {
    await queue.setShare(`tenant-${n}`, { weight, cap: null, priority: 0 });
  }
  const held = new Map<string, Lease>();
  return {
    enqueue: (items) => queue.enqueue(items),
    lease: async (limit) => {
      const leases = await queue.lease({ workerId: 'w', limit, leaseMs: 3_600_000 });
      for (const lease of leases) held.set(lease.id, lease);
      return leases.map(({ id }) => id);
    },
    complete: async (done) => {
      const spent = done.map(({ id, usedMs }) => ({ ...(held.get(id) as Lease), cost: usedMs }));
      for (const { id } of done) held.delete(id);
      expect(await queue.complete(spent)).toEqual([]);
    },
  };
}

test('tenants of the queue in PostgreSQL have their shares within 2% as well, of GPUs that never idle', async () => {
  const demand = new UnequalDemand(3 * GPUS, 4_711);
  const outcome = await new SimulatedWorkers(await openQueue(), demand, GPUS).run(1_200);

  expect(outcome.leases).toBeGreaterThan(8_000);
  expect(outcome.windows).toBeGreaterThan(40);
  expect(outcome.worst.off, JSON.stringify(outcome)).toBeLessThan(0.02);
  expect(outcome.idled).toBe(0);
  expect(outcome.longestWait).toBeLessThan(30);
}, 60_000);
