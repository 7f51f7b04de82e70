import { expect, test } from 'vitest';
import { FairQueueModel } from './testing/fair-queue-model.js';
import { type SimulatedQueue, SimulatedWorkers } from './testing/simulated-workers.js';
import { UnequalDemand, WEIGHTS } from './testing/unequal-demand.js';

const LANES = ['model'];
const GPUS = 20;

/** The rules of the queue, which `fair-share.int.spec.ts` holds the SQL to. */
function modelQueue(): SimulatedQueue {
  const model = new FairQueueModel();
  for (const [n, weight] of WEIGHTS.entries()) {
    model.setShare(`tenant-${n}`, { weight, cap: null, priority: 0 });
  }
  return {
    enqueue: async (items) => model.enqueue(items),
    lease: async (limit) => {
      const ids: string[] = [];
      while (ids.length < limit) {
        const [id] = model.candidates(LANES);
        if (id === undefined) break;
        model.lease(id, LANES);
        ids.push(id);
      }
      return ids;
    },
    complete: async (done) => {
      for (const { id, usedMs } of done) model.complete(id, usedMs);
    },
  };
}

test('over a day of very unequal demand each of 20 tenants has its share of the GPUs within 2% in any ten minutes in which it was backlogged', async () => {
  const demand = new UnequalDemand(0.95 * GPUS, 20_261_120);
  const outcome = await new SimulatedWorkers(modelQueue(), demand, GPUS).run(86_400);

  expect(outcome.leases).toBeGreaterThan(600_000);
  expect(outcome.windows).toBeGreaterThan(1_000);
  expect(outcome.worst.off, JSON.stringify(outcome)).toBeLessThan(0.02);
  expect(outcome.idled).toBe(0);
  expect(outcome.longestWait).toBeLessThan(30);
}, 60_000);
