import {
  type Clock,
  type Lease,
  type LeaseRef,
  type LeaseRequest,
  type QueueDepth,
  systemClock,
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

/** A queue in memory that serves first come, first served: for tests of everything but fair share. */
export class InMemoryWorkQueue implements WorkQueue {
  private readonly entries = new Map<string, Entry>();
  private readonly listeners = new Set<() => void>();
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

  async complete(leases: readonly LeaseRef[]): Promise<readonly LeaseRef[]> {
    return this.eachHeld(leases, ({ item }) => this.entries.delete(item.id));
  }

  async release(leases: readonly (LeaseRef & { readonly readyAt?: Date })[]): Promise<void> {
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
  }

  async expired(limit: number): Promise<readonly Lease[]> {
    return this.leased(({ leasedUntil }) => leasedUntil.getTime() <= this.now(), limit);
  }

  async heldBy(workerIds: readonly string[], limit: number): Promise<readonly Lease[]> {
    return this.leased(({ workerId }) => workerIds.includes(workerId), limit);
  }

  async depth(): Promise<readonly QueueDepth[]> {
    const now = this.now();
    this.lineUp();
    const lanes = new Set([...this.entries.values()].map(({ item }) => item.lane));
    return [...lanes].sort().map((lane) => {
      const entries = [...this.entries.values()].filter(({ item }) => item.lane === lane);
      const ready = this.line().filter(({ item }) => item.lane === lane);
      const leased = entries.filter((entry) => entry.lease !== undefined).length;
      const oldest = Math.min(now, ...ready.map(({ readyAtMs }) => readyAtMs));
      const delayed = entries.length - ready.length - leased;
      const oldestReadySeconds = (now - oldest) / 1000;
      return { lane, ready: ready.length, delayed, leased, oldestReadySeconds };
    });
  }

  onReady(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.listeners.clear();
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
