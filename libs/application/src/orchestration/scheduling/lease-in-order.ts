import type { Lease } from '../../ports/work-queue.js';
import type { LaneChoice } from './lane-scheduler.js';

type LeaseFrom = (lanes: readonly string[] | undefined, limit: number) => Promise<readonly Lease[]>;

/**
 * Leases for as many slots as are free, the best tier first. One item that swaps a model in takes the worker for its
 * lane, and no item after the first one swaps.
 */
export async function leaseInOrder(
  { tiers, swaps }: Pick<LaneChoice, 'tiers' | 'swaps'>,
  slots: number,
  slotCost: (lane: string) => number,
  leaseFrom: LeaseFrom,
): Promise<readonly Lease[]> {
  const leases: Lease[] = [];
  let free = slots;
  const isOpen = (lane: string) => {
    const [first] = leases;
    if (slotCost(lane) > free) return false;
    if (first === undefined) return true;
    return swaps.has(first.lane) ? lane === first.lane : !swaps.has(lane);
  };
  for (const tier of tiers) {
    while (free > 0) {
      const lanes = tier?.filter(isOpen);
      if (lanes?.length === 0) break;
      const limit = mostAtOnce(lanes, swaps, slotCost, free);
      const leased = await leaseFrom(lanes, limit).catch((error: unknown) => {
        // What was leased before must not wait for its lease to run out.
        if (leases.length === 0) throw error;
        return [];
      });
      leases.push(...leased);
      free -= leased.reduce((sum, { lane }) => sum + slotCost(lane), 0);
      if (leased.length < limit) break;
    }
  }
  return leases;
}

/** One by one where the first lease decides what may follow, or lanes cost different numbers of slots. */
function mostAtOnce(
  lanes: readonly string[] | undefined,
  swaps: ReadonlySet<string>,
  slotCost: (lane: string) => number,
  free: number,
): number {
  if (lanes === undefined) return free;
  const [cost = 1, ...others] = new Set(lanes.map(slotCost));
  const decides = lanes.length > 1 && lanes.some((lane) => swaps.has(lane));
  return others.length > 0 || decides ? 1 : Math.floor(free / cost);
}
