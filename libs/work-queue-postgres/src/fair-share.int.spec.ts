import { defaultShare, type Lease, type WorkItem } from '@imprest/application';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from './migrations.js';
import { PostgresWorkQueue } from './postgres-work-queue.js';
import { FairQueueModel } from './testing/fair-queue-model.js';

let database: TestDatabase;
let queues = 0;

beforeAll(async () => {
  database = await createTestDatabase({ migrations });
});
afterAll(() => database.drop());

async function withQueue(use: (queue: PostgresWorkQueue) => Promise<void>): Promise<void> {
  queues += 1;
  const queue = await PostgresWorkQueue.connect({
    connectionString: database.url,
    queue: `queue-${queues}`,
    headStart: HEAD_START,
  });
  try {
    await use(queue);
  } finally {
    await queue.close();
  }
}

/** Of about the size of what the steps below use. */
const HEAD_START = 6;
const TENANTS = ['a', 'b', 'c', 'd'];
const LANES = ['x', 'y', 'z'];

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('enqueue' as const),
      items: fc.array(
        fc.record({
          tenantId: fc.constantFrom(...TENANTS),
          lane: fc.constantFrom(...LANES),
          cost: fc.integer({ min: 1, max: 9 }),
        }),
        { minLength: 1, maxLength: 12 },
      ),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      type: fc.constant('lease' as const),
      lanes: fc.option(fc.subarray(LANES, { minLength: 1 }), { nil: undefined }),
      next: fc.constantFrom('hold', 'complete', 'complete', 'release'),
      used: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('remove' as const),
      pick: fc.nat({ max: 1_000 }),
      count: fc.integer({ min: 1, max: 10 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('end' as const),
      pick: fc.nat({ max: 1_000 }),
      how: fc.constantFrom('complete', 'release', 'remove'),
      used: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('share' as const),
      tenantId: fc.constantFrom(...TENANTS),
      share: fc.record({
        weight: fc.constantFrom(0.5, 1, 2, 4),
        cap: fc.constantFrom(null, null, 1, 2),
        priority: fc.constantFrom(0, 0, 1, 3),
      }),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The queue and its model, step by step. */
class Comparison {
  private readonly model = new FairQueueModel(HEAD_START);
  private readonly held = new Map<string, Lease>();
  private made = 0;

  constructor(private readonly queue: PostgresWorkQueue) {}

  async take(each: Step): Promise<void> {
    const { queue, model } = this;
    if (each.type === 'enqueue') {
      const items = each.items.map((item): WorkItem => {
        this.made += 1;
        return { ...item, id: `item-${this.made}` };
      });
      await queue.enqueue(items);
      model.enqueue(items);
    } else if (each.type === 'remove') {
      const ids = model.readyIds().slice(each.pick % 20, (each.pick % 20) + each.count);
      await queue.remove(ids);
      model.remove(ids);
    } else if (each.type === 'share') {
      await queue.setShare(each.tenantId, each.share);
      model.setShare(each.tenantId, each.share);
    } else if (each.type === 'end') {
      const held = [...this.held.values()];
      const lease = held[each.pick % Math.max(held.length, 1)];
      if (lease !== undefined) await this.end(lease, each.how, each.used);
    } else {
      await this.lease(each.lanes, each.next, each.used);
    }
  }

  private async lease(
    lanes: readonly string[] | undefined,
    next: string,
    used: number | undefined,
  ): Promise<void> {
    const request = { workerId: 'w', limit: 1, leaseMs: 60_000, ...(lanes && { lanes }) };
    const [lease] = await this.queue.lease(request);
    const served = lanes ?? this.model.lanes;
    const candidates = this.model.candidates(served);
    if (lease === undefined) {
      expect(candidates).toEqual([]);
      return;
    }
    expect(candidates).toContain(lease.id);
    this.model.lease(lease.id, served);
    this.held.set(lease.id, lease);
    if (next !== 'hold') await this.end(lease, next, used);
  }

  private async end(lease: Lease, how: string, used: number | undefined): Promise<void> {
    const { queue, model } = this;
    const spent = { ...lease, ...(used !== undefined && { cost: used }) };
    this.held.delete(lease.id);
    if (how === 'complete') {
      expect(await queue.complete([spent])).toEqual([]);
      model.complete(lease.id, used);
    } else if (how === 'release') {
      await queue.release([spent]);
      model.release(lease.id, used);
    } else {
      await queue.remove([lease.id]);
      model.remove([lease.id]);
    }
  }
}

test('whatever happens, the next lease goes to a tenant that is furthest behind, and to its oldest item', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) =>
      withQueue(async (queue) => {
        const comparison = new Comparison(queue);
        for (const each of steps) await comparison.take(each);
      }),
    ),
    { numRuns: 30, interruptAfterTimeLimit: 40_000 },
  );
}, 60_000);

test('over many calls of any size, tenants with enough to do get the same for their weight', async () => {
  const costs = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ weight: fc.constantFrom(0.5, 1, 3), costs }), {
        minLength: 2,
        maxLength: 5,
      }),
      fc.array(fc.constantFrom(1, 2, 5, 16, 40), { minLength: 5, maxLength: 25 }),
      (tenants, limits) =>
        withQueue(async (queue) => {
          const costOf = new Map<string, number>();
          for (const [n, { weight, costs }] of tenants.entries()) {
            await queue.setShare(`t${n}`, { ...defaultShare, weight: weight });
            const items = Array.from({ length: 1_000 }, (_, i) => {
              const cost = costs[i % costs.length] as number;
              costOf.set(`t${n}-${i}`, cost);
              return { id: `t${n}-${i}`, tenantId: `t${n}`, lane: 'x', cost };
            });
            await queue.enqueue(items);
          }
          const use = tenants.map(() => 0);
          for (const limit of limits) {
            const leases = await queue.lease({ workerId: 'w', limit, leaseMs: 60_000 });
            expect(leases).toHaveLength(limit);
            for (const lease of leases) charge(use, lease);
          }
          function charge(uses: number[], lease: Lease): void {
            const n = Number(lease.tenantId.slice(1));
            const { weight } = tenants[n] as { weight: number };
            uses[n] = (uses[n] as number) + (costOf.get(lease.id) as number) / weight;
          }
          // The dearest item of the lightest tenant, once for each side, and what one large call of 40 may
          // give to a tenant whose items turn out dearer than those it had before.
          const dearest = 10 / 0.5;
          const largestCall = (40 / tenants.length) * dearest;
          expect(Math.max(...use) - Math.min(...use)).toBeLessThanOrEqual(
            2 * dearest + largestCall,
          );
        }),
    ),
    { numRuns: 12, interruptAfterTimeLimit: 40_000 },
  );
}, 60_000);

test('a weight holds for items that wait already', async () => {
  await withQueue(async (queue) => {
    for (const tenantId of ['plain', 'heavy']) {
      await queue.enqueue(
        Array.from({ length: 400 }, (_, n) => ({
          id: `${tenantId}-${n}`,
          tenantId,
          lane: 'x',
          cost: 1,
        })),
      );
    }
    await queue.setShare('heavy', { ...defaultShare, weight: 3 });
    for (const limit of [1, 8, 64]) {
      let heavy = 0;
      for (let taken = 0; taken < 64; taken += limit) {
        const leases = await queue.lease({ workerId: 'w', limit, leaseMs: 60_000 });
        heavy += leases.filter(({ tenantId }) => tenantId === 'heavy').length;
      }
      expect(heavy).toBeGreaterThanOrEqual(47);
      expect(heavy).toBeLessThanOrEqual(49);
    }
    await expect(queue.setShare('heavy', { ...defaultShare, weight: 0 })).rejects.toThrow(
      RangeError,
    );
  });
});
