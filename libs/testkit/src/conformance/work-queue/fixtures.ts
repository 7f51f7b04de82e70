import type { Lease, LeaseRequest, WorkItem, WorkQueue } from '@imprest/application';

export const LONG_MS = 60_000;

let items = 0;

export function anItem(given: Partial<WorkItem> = {}): WorkItem {
  items += 1;
  return { id: `item-${items}`, tenantId: 'tenant', lane: 'lane', cost: 1, ...given };
}

export function manyItems(count: number, given: Partial<WorkItem> = {}): WorkItem[] {
  return Array.from({ length: count }, () => anItem(given));
}

export function inMs(ms: number): Date {
  return new Date(Date.now() + ms);
}

export function take(
  queue: WorkQueue,
  limit = 1,
  given: Partial<LeaseRequest> = {},
): Promise<readonly Lease[]> {
  return queue.lease({ workerId: 'worker', limit, leaseMs: LONG_MS, ...given });
}

export async function takeOne(queue: WorkQueue, given: Partial<LeaseRequest> = {}): Promise<Lease> {
  const [lease] = await take(queue, 1, given);
  if (lease === undefined) throw new Error('nothing was ready');
  return lease;
}

/** Leases `count` items in calls of `limit`. */
export async function takeInCalls(
  queue: WorkQueue,
  count: number,
  limit: number,
  given: Partial<LeaseRequest> = {},
): Promise<Lease[]> {
  const taken: Lease[] = [];
  while (taken.length < count) {
    const leases = await take(queue, Math.min(limit, count - taken.length), given);
    if (leases.length === 0) return taken;
    taken.push(...leases);
  }
  return taken;
}

export function idsOf(things: readonly { readonly id: string }[]): string[] {
  return things.map(({ id }) => id);
}

export function refsOf(leases: readonly Lease[]): { id: string; fence: number }[] {
  return leases.map(({ id, fence }) => ({ id, fence }));
}

export function countOf(leases: readonly Lease[], tenantId: string): number {
  return leases.filter((lease) => lease.tenantId === tenantId).length;
}
