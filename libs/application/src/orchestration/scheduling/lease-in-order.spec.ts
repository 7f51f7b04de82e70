import { expect, test } from 'vitest';
import type { Lease } from '../../ports/work-queue.js';
import { leaseInOrder } from './lease-in-order.js';

/** Work by lane; each call answers what it took. */
function queueOf(work: Record<string, number>) {
  const calls: (readonly [readonly string[] | undefined, number])[] = [];
  const leaseFrom = async (lanes: readonly string[] | undefined, limit: number) => {
    calls.push([lanes, limit]);
    const taken: Lease[] = [];
    for (const lane of lanes ?? Object.keys(work)) {
      while (taken.length < limit && (work[lane] ?? 0) > 0) {
        work[lane] = (work[lane] ?? 0) - 1;
        taken.push({ lane } as Lease);
      }
    }
    return taken;
  };
  return { calls, leaseFrom };
}

const costs: Readonly<Record<string, number>> = { film: 2 };
const slotCost = (lane: string) => costs[lane] ?? 1;
const lanesOf = (leases: readonly Lease[]) => leases.map(({ lane }) => lane);
const noSwaps = new Set<string>();

test('all lanes are asked in one call where nothing is known of them', async () => {
  const { calls, leaseFrom } = queueOf({ a: 2, b: 2 });
  const leases = await leaseInOrder({ tiers: [undefined], swaps: noSwaps }, 3, slotCost, leaseFrom);
  expect(lanesOf(leases)).toEqual(['a', 'a', 'b']);
  expect(calls).toEqual([[undefined, 3]]);
});

test('a later tier gets the slots that the ones before leave', async () => {
  const { leaseFrom } = queueOf({ a: 1, b: 5 });
  const choice = { tiers: [['a'], ['b']], swaps: noSwaps };
  expect(lanesOf(await leaseInOrder(choice, 3, slotCost, leaseFrom))).toEqual(['a', 'b', 'b']);
});

test('a job takes as many slots as its model costs', async () => {
  const { leaseFrom } = queueOf({ film: 3, a: 3 });
  const choice = { tiers: [['film', 'a']], swaps: noSwaps };
  expect(lanesOf(await leaseInOrder(choice, 5, slotCost, leaseFrom))).toEqual([
    'film',
    'film',
    'a',
  ]);
});

test('nothing is swapped in beside what was taken, and nothing is taken beside what is swapped in', async () => {
  const here = { tiers: [['here', 'other']], swaps: new Set(['other']) };
  const first = queueOf({ here: 1, other: 4 });
  expect(lanesOf(await leaseInOrder(here, 3, slotCost, first.leaseFrom))).toEqual(['here']);
  const second = queueOf({ here: 0, other: 2, third: 2 });
  const swapping = { tiers: [['here'], ['other'], ['third']], swaps: new Set(['other', 'third']) };
  expect(lanesOf(await leaseInOrder(swapping, 3, slotCost, second.leaseFrom))).toEqual([
    'other',
    'other',
  ]);
});

test('what was leased is kept when the queue fails later, and a first failure is told', async () => {
  const { leaseFrom } = queueOf({ a: 1 });
  const failing = (lanes: readonly string[] | undefined, limit: number) =>
    lanes?.includes('b') ? Promise.reject(new Error('cut')) : leaseFrom(lanes, limit);
  const choice = { tiers: [['a'], ['b']], swaps: noSwaps };
  expect(lanesOf(await leaseInOrder(choice, 3, slotCost, failing))).toEqual(['a']);
  const broken = { tiers: [['b']], swaps: noSwaps };
  await expect(leaseInOrder(broken, 3, slotCost, failing)).rejects.toThrow('cut');
});
