import { setTimeout } from 'node:timers/promises';
import type { Lease, WorkItem } from '@imprest/application';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from './migrations.js';
import { PostgresWorkQueue } from './postgres-work-queue.js';

let database: TestDatabase;
let queues = 0;

beforeAll(async () => {
  database = await createTestDatabase({ migrations });
});
afterAll(() => database.drop());

const item = fc.record({
  number: fc.nat({ max: 60 }),
  tenantId: fc.constantFrom('a', 'b', 'c'),
  lane: fc.constantFrom('x', 'y'),
  delayed: fc.constantFrom(false, false, true),
});
const picks = fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 6 });

const step = fc.oneof(
  fc.record({
    type: fc.constant('enqueue' as const),
    items: fc.array(item, { minLength: 1, maxLength: 15 }),
  }),
  fc.record({
    type: fc.constant('lease' as const),
    limit: fc.integer({ min: 1, max: 9 }),
    lanes: fc.constantFrom<string[] | undefined>(undefined, ['x'], ['y', 'x']),
  }),
  fc.record({ type: fc.constant('complete' as const), picks }),
  fc.record({ type: fc.constant('release' as const), picks, delayed: fc.boolean() }),
  fc.record({ type: fc.constant('remove' as const), picks }),
);

/** What the queue should hold: ids by state. */
class Contents {
  readonly ready = new Map<string, WorkItem>();
  readonly delayed = new Map<string, WorkItem>();
  readonly leased = new Map<string, { readonly item: WorkItem; readonly lease: Lease }>();

  queue(items: readonly WorkItem[]): void {
    for (const each of items) {
      if (this.has(each.id)) continue;
      (each.readyAt === undefined ? this.ready : this.delayed).set(each.id, each);
    }
  }

  has(id: string): boolean {
    return this.ready.has(id) || this.delayed.has(id) || this.leased.has(id);
  }

  hand(leases: readonly Lease[]): void {
    for (const lease of leases) {
      const found = this.ready.get(lease.id) as WorkItem;
      expect(found).toMatchObject({ tenantId: lease.tenantId, lane: lease.lane });
      this.ready.delete(lease.id);
      this.leased.set(lease.id, { item: found, lease });
    }
  }

  /** Some leases that are held. */
  held(numbers: readonly number[]): Lease[] {
    const all = [...this.leased.values()].map(({ lease }) => lease);
    const chosen = numbers.flatMap((n) => all[n % Math.max(all.length, 1)] ?? []);
    return [...new Set(chosen)];
  }
}

test('no item is ever lost, doubled or handed out in another state than ready', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 50 }), async (steps) => {
      queues += 1;
      const queue = await PostgresWorkQueue.connect({
        connectionString: database.url,
        queue: `queue-${queues}`,
      });
      const later = new Date(Date.now() + 3_600_000);
      const contents = new Contents();
      for (const each of steps) {
        if (each.type === 'enqueue') {
          const items = each.items.map(({ number, delayed, ...rest }) => ({
            ...rest,
            id: `item-${number}`,
            cost: 1 + (number % 4),
            ...(delayed && { readyAt: later }),
          }));
          await queue.enqueue(items);
          contents.queue(items);
        } else if (each.type === 'lease') {
          const { limit, lanes } = each;
          const served = [...contents.ready.values()].filter(
            ({ lane }) => lanes?.includes(lane) ?? true,
          );
          const request = { workerId: 'w', limit, leaseMs: 1, ...(lanes && { lanes }) };
          const leases = await queue.lease(request);
          expect(leases).toHaveLength(Math.min(limit, served.length));
          contents.hand(leases);
        } else if (each.type === 'complete') {
          const leases = contents.held(each.picks);
          expect(await queue.complete(leases)).toEqual([]);
          for (const { id } of leases) contents.leased.delete(id);
        } else if (each.type === 'release') {
          const leases = contents.held(each.picks);
          const when = each.delayed ? { readyAt: later } : {};
          await queue.release(leases.map((lease) => ({ ...lease, ...when })));
          for (const { id } of leases) {
            const released = contents.leased.get(id)?.item as WorkItem;
            contents.leased.delete(id);
            (each.delayed ? contents.delayed : contents.ready).set(id, released);
          }
        } else {
          const ids = each.picks.map((n) => `item-${n % 60}`);
          await queue.remove(ids);
          for (const id of ids) {
            for (const state of [contents.ready, contents.delayed, contents.leased]) {
              state.delete(id);
            }
          }
        }
      }
      await setTimeout(5);
      const expired = await queue.expired(1_000);
      expect(expired.map(({ id }) => id).sort()).toEqual([...contents.leased.keys()].sort());
      const depth = await queue.depth();
      const total = (state: 'ready' | 'delayed' | 'leased') =>
        depth.reduce((sum, lane) => sum + lane[state], 0);
      for (const state of ['ready', 'delayed', 'leased'] as const) {
        expect(total(state)).toBe(contents[state].size);
      }
      const rest = await queue.lease({ workerId: 'w', limit: 1_000, leaseMs: 60_000 });
      expect(rest.map(({ id }) => id).sort()).toEqual([...contents.ready.keys()].sort());
      await queue.close();
    }),
    { numRuns: 20, interruptAfterTimeLimit: 40_000 },
  );
}, 60_000);
