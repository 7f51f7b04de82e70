import {
  type Clock,
  defaultShare,
  type Lease,
  type LeaseRef,
  type LeaseRequest,
  type QueueDepth,
  type QueueLine,
  type QueueStanding,
  type SpentLease,
  systemClock,
  type TenantShare,
  type WorkItem,
  type WorkQueue,
} from '@imprest/application';

interface Entry {
  readonly item: WorkItem;
  readyAtMs: number;
  /** Place in the line; undefined while its time has not come. */
  place: number | undefined;
  lease: Lease | undefined;
}

const NAME = /^\P{Cc}{1,200}$/u;

function demand(holds: boolean, rule: string): void {
  if (!holds) throw new RangeError(rule);
}

function checkItem({ id, tenantId, lane, cost, readyAt }: WorkItem): void {
  demand(
    [id, tenantId, lane].every((name) => NAME.test(name)),
    'a name has 1 to 200 characters',
  );
  demand(Number.isFinite(cost) && cost >= 1, `the cost of ${id} must be at least 1`);
  demand(!Number.isNaN(readyAt?.getTime()), `the time of ${id} must be one`);
}

function checkSpent(leases: readonly SpentLease[]): void {
  for (const { id, cost = 0 } of leases) {
    demand(Number.isFinite(cost) && cost >= 0, `what ${id} used must be a number from 0`);
  }
}

/** A queue in memory that serves first come, first served: for tests of everything but fair share. */
export class InMemoryWorkQueue implements WorkQueue {
  private readonly entries = new Map<string, Entry>();
  private readonly listeners = new Set<() => void>();
  /** As they were set; their caps hold. */
  readonly shares = new Map<string, TenantShare>();
  private fence = 0;
  private places = 0;

  constructor(private readonly clock: Clock = systemClock) {}

  get ids(): readonly string[] {
    return [...this.entries.keys()];
  }

  async enqueue(items: readonly WorkItem[]): Promise<void> {
    for (const item of items) checkItem(item);
    for (const item of items) {
      if (this.entries.has(item.id)) continue;
      const readyAtMs = item.readyAt?.getTime() ?? this.now();
      this.entries.set(item.id, { item, readyAtMs, place: undefined, lease: undefined });
      this.lineUp();
    }
    this.announce();
  }

  async lease(request: LeaseRequest): Promise<readonly Lease[]> {
    const { workerId, lanes, leftOut, limit, leaseMs } = request;
    demand(NAME.test(workerId), 'a worker has a name');
    demand(Number.isInteger(limit) && limit > 0, 'a limit must be a whole number from 1');
    demand(leaseMs > 0, 'a lease must have a duration');
    const now = this.now();
    this.lineUp();
    return this.line()
      .filter(({ item }) => lanes?.includes(item.lane) ?? true)
      .filter(({ item }) => !leftOut?.includes(item.tenantId))
      .filter(this.withinCaps())
      .slice(0, limit)
      .map((entry) => {
        this.fence += 1;
        const { id, tenantId, lane } = entry.item;
        const leasedUntil = new Date(now + leaseMs);
        entry.lease = { id, tenantId, lane, fence: this.fence, workerId, leasedUntil };
        return entry.lease;
      });
  }

  async extend(leases: readonly LeaseRef[], leaseMs: number): Promise<readonly LeaseRef[]> {
    const leasedUntil = new Date(this.now() + leaseMs);
    return this.eachHeld(leases, (entry, lease) => {
      entry.lease = { ...lease, leasedUntil };
    });
  }

  async complete(leases: readonly SpentLease[]): Promise<readonly LeaseRef[]> {
    checkSpent(leases);
    const lost = this.eachHeld(leases, ({ item }) => this.entries.delete(item.id));
    if (this.shares.size > 0) this.announce();
    return lost;
  }

  async release(leases: readonly (SpentLease & { readonly readyAt?: Date })[]): Promise<void> {
    checkSpent(leases);
    for (const ref of leases) {
      this.eachHeld([ref], (entry) => {
        entry.lease = undefined;
        entry.readyAtMs = ref.readyAt?.getTime() ?? this.now();
        if (entry.readyAtMs > this.now()) entry.place = undefined;
      });
    }
    this.announce();
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.entries.delete(id);
    if (this.shares.size > 0) this.announce();
  }

  async expired(limit: number): Promise<readonly Lease[]> {
    return this.leased(({ leasedUntil }) => leasedUntil.getTime() <= this.now(), limit);
  }

  async heldBy(workerIds: readonly string[], limit: number): Promise<readonly Lease[]> {
    return this.leased(({ workerId }) => workerIds.includes(workerId), limit);
  }

  async depth(): Promise<readonly QueueDepth[]> {
    return this.depthOf([...this.entries.values()]);
  }

  private depthOf(of: readonly Entry[]): readonly QueueDepth[] {
    const now = this.now();
    this.lineUp();
    const lanes = new Set(of.map(({ item }) => item.lane));
    return [...lanes].sort().map((lane) => {
      const entries = of.filter(({ item }) => item.lane === lane);
      const ready = entries.filter(({ place, lease }) => place !== undefined && !lease);
      const leased = entries.filter((entry) => entry.lease !== undefined).length;
      const oldest = Math.min(now, ...ready.map(({ readyAtMs }) => readyAtMs));
      const delayed = entries.length - ready.length - leased;
      const oldestReadySeconds = (now - oldest) / 1000;
      const readyCost = ready.reduce((sum, { item }) => sum + item.cost, 0);
      return { lane, ready: ready.length, delayed, leased, oldestReadySeconds, readyCost };
    });
  }

  async lines(limit: number): Promise<readonly QueueLine[]> {
    const all = [...this.entries.values()];
    const tenants = [...new Set(all.map(({ item }) => item.tenantId))].sort();
    const lines = tenants.flatMap((tenantId) => {
      const share = this.shares.get(tenantId) ?? defaultShare;
      const own = all.filter(({ item }) => item.tenantId === tenantId);
      return this.depthOf(own).map((depth) => ({ tenantId, ...depth, share }));
    });
    return lines
      .sort((one, other) => other.oldestReadySeconds - one.oldestReadySeconds)
      .slice(0, limit);
  }

  async serving(): Promise<ReadonlyMap<string, number>> {
    const tenants = new Set(
      [...this.entries.values()].flatMap(({ item, lease }) => (lease ? [item.tenantId] : [])),
    );
    return new Map([...tenants].map((tenantId) => [tenantId, this.held(tenantId)]));
  }

  async standing(id: string): Promise<QueueStanding | undefined> {
    const entry = this.entries.get(id);
    if (entry === undefined) return undefined;
    this.lineUp();
    const { tenantId, lane, cost } = entry.item;
    const rivals = this.line().filter(({ item }) => item.lane === lane);
    const tenants = new Set(rivals.map(({ item }) => item.tenantId)).add(tenantId);
    const before = rivals.filter(({ place }) => (place ?? 0) < (entry.place ?? Infinity));
    const ahead = entry.lease === undefined ? before : [];
    const waits = entry.place === undefined ? 'delayed' : 'ready';
    return {
      ...{ tenantId, lane, cost, exact: true, share: 1 / tenants.size },
      state: entry.lease === undefined ? waits : 'leased',
      readyAt: new Date(entry.readyAtMs),
      position: entry.lease === undefined ? ahead.length + 1 : 0,
      costBefore: ahead.reduce((sum, { item }) => sum + item.cost, 0),
      atCap: this.held(tenantId) >= this.cap(tenantId),
      serving: [...this.entries.values()].filter((e) => e.lease && e.item.lane === lane).length,
    };
  }

  /** Keeps to the cap; weight and priority are of no account where all are served as they came. */
  /** Keeps to the cap; weight and priority are of no account where all are served as they came. */
  async setShare(tenantId: string, share: TenantShare): Promise<void> {
    const { weight, cap, priority } = share;
    demand(weight >= 0.001 && weight <= 1_000, 'a weight is 0.001 to 1,000');
    demand(cap === null || (Number.isInteger(cap) && cap > 0), 'a cap is a whole number from 1');
    demand(Number.isInteger(priority) && priority >= 0 && priority <= 9, 'a priority is 0 to 9');
    this.shares.set(tenantId, share);
    this.announce();
  }

  onReady(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.listeners.clear();
  }

  private held(tenantId: string): number {
    const own = [...this.entries.values()].filter(({ item }) => item.tenantId === tenantId);
    return own.filter(({ lease }) => lease !== undefined).length;
  }

  private cap(tenantId: string): number {
    return this.shares.get(tenantId)?.cap ?? Number.POSITIVE_INFINITY;
  }

  /** Lets so many entries of each tenant through as it may hold besides those it holds. */
  private withinCaps(): (entry: Entry) => boolean {
    const holding = new Map<string, number>();
    return ({ item: { tenantId } }) => {
      const holds = holding.get(tenantId) ?? this.held(tenantId);
      holding.set(tenantId, holds + 1);
      return holds < this.cap(tenantId);
    };
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  private leased(chosen: (lease: Lease) => boolean, limit: number): readonly Lease[] {
    return [...this.entries.values()]
      .flatMap(({ lease }) => lease ?? [])
      .filter(chosen)
      .sort((one, other) => one.leasedUntil.getTime() - other.leasedUntil.getTime())
      .slice(0, limit);
  }

  /** Ready entries, first come first. */
  private line(): Entry[] {
    return [...this.entries.values()]
      .filter(({ place, lease }) => place !== undefined && lease === undefined)
      .sort((one, other) => (one.place ?? 0) - (other.place ?? 0));
  }

  /** Those whose time has come join the end of the line. */
  private lineUp(): void {
    const due = [...this.entries.values()]
      .filter(({ place, readyAtMs }) => place === undefined && readyAtMs <= this.now())
      .sort((one, other) => one.readyAtMs - other.readyAtMs);
    for (const entry of due) {
      this.places += 1;
      entry.place = this.places;
    }
  }

  private announce(): void {
    for (const listener of [...this.listeners]) listener();
  }

  /** @returns those that are not held. */
  private eachHeld(
    leases: readonly LeaseRef[],
    work: (entry: Entry, lease: Lease) => void,
  ): readonly LeaseRef[] {
    return leases
      .map(({ id, fence }) => ({ id, fence }))
      .filter(({ id, fence }) => {
        const entry = this.entries.get(id);
        if (entry?.lease?.fence !== fence) return true;
        work(entry, entry.lease);
        return false;
      });
  }
}
