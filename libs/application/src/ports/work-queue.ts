/**
 * Durable queue of work items with leases, fencing and fair share between tenants. It is an index of
 * what is to be done, never the truth about it: the truth is the item's event stream, from which every
 * item can be enqueued again. Two queues exist: `jobs` (GPU work) and `webhooks` (deliveries).
 */
export interface WorkItem {
  readonly id: string;
  readonly tenantId: string;
  /** Only workers that serve this lane get the item: a model for jobs. */
  readonly lane: string;
  /** What it is expected to use of its tenant's share, in the queue's unit: GPU-milliseconds for jobs. At least 1. */
  readonly cost: number;
  /** Not before; at once when absent. */
  readonly readyAt?: Date;
}

export interface LeaseRequest {
  readonly workerId: string;
  /** Lanes served; all when absent. */
  readonly lanes?: readonly string[];
  /** Tenants whose items stay where they are this time: what they would be given waits for them no longer. */
  readonly leftOut?: readonly string[];
  readonly limit: number;
  readonly leaseMs: number;
}

export interface Lease {
  readonly id: string;
  readonly tenantId: string;
  readonly lane: string;
  /** Grows with every lease of the item: whoever holds a lower one has lost it. */
  readonly fence: number;
  readonly workerId: string;
  readonly leasedUntil: Date;
}

export interface LeaseRef {
  readonly id: string;
  readonly fence: number;
}

/** A lease at its end. */
export interface SpentLease extends LeaseRef {
  /**
   * What it really used, from 0, in the unit of the item's cost: the tenant is charged that instead of what was
   * expected. As expected when absent.
   */
  readonly cost?: number;
}

/** What a tenant gets of the workers' time. */
export interface TenantShare {
  /** Of two tenants that wait, the one of twice the weight gets twice as much. 0.001 to 1,000. */
  readonly weight: number;
  /** Most leases held at once, from 1; null is no limit. Others get what it does not take. */
  readonly cap: number | null;
  /** 0 to 9. Goes first with a bounded part of its work each time it comes back; what others wait for ages past it. */
  readonly priority: number;
}

export const defaultShare: TenantShare = { weight: 1, cap: null, priority: 0 };

export type StandingState = 'ready' | 'delayed' | 'leased';

/** Where an item stands while nobody else comes. */
export interface QueueStanding {
  readonly tenantId: string;
  readonly lane: string;
  readonly state: StandingState;
  /** When it became ready, or will. */
  readonly readyAt: Date;
  /** What it is expected to use, in the queue's unit. */
  readonly cost: number;
  /** From 1: how many leases until its own, in fair order. 0 when it is leased. */
  readonly position: number;
  /** What will be leased before it is expected to use. */
  readonly costBefore: number;
  /** Part of its lanes that its tenant has while all wait who wait now, 0 to 1. */
  readonly share: number;
  /** Its tenant holds as many leases as it may: only the end of one of them lets another begin. */
  readonly atCap: boolean;
  /** Items of these lanes that are leased now. */
  readonly serving: number;
  /** False in a long line: position, costBefore and serving are at least what is said here. */
  readonly exact: boolean;
}

export interface QueueDepth {
  readonly lane: string;
  readonly ready: number;
  readonly delayed: number;
  readonly leased: number;
  /** Age of the oldest ready item, 0 when none. */
  readonly oldestReadySeconds: number;
  /** What the ready items are expected to use, in the queue's unit. */
  readonly readyCost: number;
}

/** What one tenant has in one lane. */
export interface QueueLine extends QueueDepth {
  readonly tenantId: string;
  readonly share: TenantShare;
}

export interface WorkQueue {
  /** Items already queued are left as they are. */
  enqueue(items: readonly WorkItem[]): Promise<void>;
  /** Ready items in fair order, each to one caller only. Empty when there is none. */
  lease(request: LeaseRequest): Promise<readonly Lease[]>;
  /** Extends leases still held; answers those that were lost. */
  extend(leases: readonly LeaseRef[], leaseMs: number): Promise<readonly LeaseRef[]>;
  /** Removes items whose lease is still held; answers those that were lost. */
  complete(leases: readonly SpentLease[]): Promise<readonly LeaseRef[]>;
  /** Gives items back, to be leased again at `readyAt`; leases already lost are left alone. */
  release(leases: readonly (SpentLease & { readonly readyAt?: Date })[]): Promise<void>;
  /** Takes items out whatever their state. Safe to repeat. */
  remove(ids: readonly string[]): Promise<void>;
  /** Leases past their time, still unreleased, oldest first: their workers are taken for dead. */
  expired(limit: number): Promise<readonly Lease[]>;
  /** Leases that these workers have now, those that run out first before others. */
  heldBy(workerIds: readonly string[], limit: number): Promise<readonly Lease[]>;
  depth(): Promise<readonly QueueDepth[]>;
  /** Every line that has items, the one whose oldest ready item has waited longest first. A look at all items. */
  lines(limit: number): Promise<readonly QueueLine[]>;
  /** Leases that each tenant has now. A look at what is leased only. */
  serving(): Promise<ReadonlyMap<string, number>>;
  /** Undefined for what is not queued. */
  standing(id: string): Promise<QueueStanding | undefined>;
  /** Holds from the next lease on, for items that wait already too. Durable. */
  setShare(tenantId: string, share: TenantShare): Promise<void>;
  /** Calls back soon after items became ready, also when another process enqueued them. */
  onReady(listener: () => void): () => void;
  close(): Promise<void>;
}
