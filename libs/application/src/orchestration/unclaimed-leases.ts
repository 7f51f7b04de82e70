import type { Clock } from '../ports/clock.js';
import type { Lease, LeaseRef, WorkQueue } from '../ports/work-queue.js';
import type { LeaseSweeper } from './lease-sweeper.js';
import { holderOf, workerOf } from './worker-session.js';

/** All leases that a worker knows it has. */
export interface LeaseClaim {
  readonly workerId: string;
  /** Which process works under that name; see holderOf. */
  readonly session?: string;
  readonly held: readonly LeaseRef[];
}

export interface UnclaimedLeasesServices {
  readonly queue: WorkQueue;
  readonly sweeper: LeaseSweeper;
  readonly clock: Clock;
  readonly leaseSeconds: number;
}

/** Longest time that an order may be on its way to a worker that asked for it. */
const ON_ITS_WAY_MS = 10_000;
const MOST_AT_ONCE = 1_000;

/**
 * Leases of orders that were lost on their way: the queue has handed them out, and their worker does not know.
 * They go to other workers as soon as the worker says what it has, instead of when they run out.
 */
export class UnclaimedLeases {
  constructor(private readonly services: UnclaimedLeasesServices) {}

  /** From a worker that goes on: an order younger than ten seconds may still be on its way. */
  async ofBeating(claims: readonly LeaseClaim[]): Promise<void> {
    await this.takeAway(claims, Math.min(ON_ITS_WAY_MS, this.leaseMs / 2));
  }

  /** From a worker that asks for no more: whatever it does not name it will never have. */
  async ofLeaving(claim: LeaseClaim): Promise<void> {
    await this.takeAway([claim], 0);
  }

  private async takeAway(claims: readonly LeaseClaim[], ageMs: number): Promise<void> {
    const { queue, sweeper } = this.services;
    const held = new Map(
      claims.map((claim) => [
        holderOf(claim.workerId, claim.session),
        new Set(claim.held.map(key)),
      ]),
    );
    const leases = await queue.heldBy([...held.keys()], MOST_AT_ONCE);
    const unclaimed = leases.filter(
      (lease) => !held.get(lease.workerId)?.has(key(lease)) && this.ageMs(lease) >= ageMs,
    );
    await sweeper.takeAway(unclaimed, ({ workerId }) => ({
      message: `worker ${workerOf(workerId)} never had the order`,
      countedAs: 'unclaimed',
      atOnce: true,
    }));
  }

  /** Since it was handed out or renewed; what a worker does not know it does not renew. */
  private ageMs({ leasedUntil }: Lease): number {
    return this.services.clock.now().getTime() - (leasedUntil.getTime() - this.leaseMs);
  }

  private get leaseMs(): number {
    return this.services.leaseSeconds * 1_000;
  }
}

function key({ id, fence }: LeaseRef): string {
  return `${id}/${fence}`;
}
