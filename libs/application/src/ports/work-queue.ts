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
  /** Share of the tenant it uses, in any unit the queue's users agree on; at least 1. */
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

export interface QueueDepth {
  readonly lane: string;
  readonly ready: number;
  readonly delayed: number;
  readonly leased: number;
  /** Age of the oldest ready item, 0 when none. */
  readonly oldestReadySeconds: number;
}

export interface WorkQueue {
  /** Items already queued are left as they are. */
  enqueue(items: readonly WorkItem[]): Promise<void>;
  /** Ready items in fair order, each to one caller only. Empty when there is none. */
  lease(request: LeaseRequest): Promise<readonly Lease[]>;
  /** Extends leases still held; answers those that were lost. */
  extend(leases: readonly LeaseRef[], leaseMs: number): Promise<readonly LeaseRef[]>;
  /** Removes items whose lease is still held; answers those that were lost. */
  complete(leases: readonly LeaseRef[]): Promise<readonly LeaseRef[]>;
  /** Gives items back, to be leased again at `readyAt`; leases already lost are left alone. */
  release(leases: readonly (LeaseRef & { readonly readyAt?: Date })[]): Promise<void>;
  /** Takes items out whatever their state. Safe to repeat. */
  remove(ids: readonly string[]): Promise<void>;
  /** Leases past their time, still unreleased, oldest first: their workers are taken for dead. */
  expired(limit: number): Promise<readonly Lease[]>;
  /** Leases that these workers have now, those that run out first before others. */
  heldBy(workerIds: readonly string[], limit: number): Promise<readonly Lease[]>;
  depth(): Promise<readonly QueueDepth[]>;
  /** Calls back soon after items became ready, also when another process enqueued them. */
  onReady(listener: () => void): () => void;
  close(): Promise<void>;
}
