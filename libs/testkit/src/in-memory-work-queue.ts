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
  lease: Lease | undefined;
}

/** A queue in memory that serves first come, first served: for tests of everything but fair share. */
export class InMemoryWorkQueue implements WorkQueue {
  private readonly entries = new Map<string, Entry>();
  private readonly listeners = new Set<() => void>();
  private fence = 0;

  constructor(private readonly clock: Clock = systemClock) {}

  get ids(): readonly string[] {
    return [...this.entries.keys()];
  }

  async enqueue(items: readonly WorkItem[]): Promise<void> {
    for (const item of items) {
      if (this.entries.has(item.id)) continue;
      const readyAtMs = (item.readyAt ?? this.clock.now()).getTime();
      this.entries.set(item.id, { item, readyAtMs, lease: undefined });
    }
    this.announce();
  }

  async lease({ workerId, lanes, limit, leaseMs }: LeaseRequest): Promise<readonly Lease[]> {
    const now = this.now();
    const ready = [...this.entries.values()].filter(
      ({ item, readyAtMs, lease }) =>
        lease === undefined && readyAtMs <= now && (lanes?.includes(item.lane) ?? true),
    );
    return ready.slice(0, limit).map((entry) => {
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
        entry.readyAtMs = (ref.readyAt ?? this.clock.now()).getTime();
      });
    }
    this.announce();
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.entries.delete(id);
  }

  async expired(limit: number): Promise<readonly Lease[]> {
    const leases = [...this.entries.values()].flatMap(({ lease }) => lease ?? []);
    return leases
      .filter(({ leasedUntil }) => leasedUntil.getTime() <= this.now())
      .sort((one, other) => one.leasedUntil.getTime() - other.leasedUntil.getTime())
      .slice(0, limit);
  }

  async depth(): Promise<readonly QueueDepth[]> {
    const now = this.now();
    const lanes = new Set([...this.entries.values()].map(({ item }) => item.lane));
    return [...lanes].sort().map((lane) => {
      const entries = [...this.entries.values()].filter(({ item }) => item.lane === lane);
      const waiting = entries.filter(({ lease }) => lease === undefined);
      const ready = waiting.filter(({ readyAtMs }) => readyAtMs <= now);
      const oldest = Math.min(now, ...ready.map(({ readyAtMs }) => readyAtMs));
      return {
        lane,
        ready: ready.length,
        delayed: waiting.length - ready.length,
        leased: entries.length - waiting.length,
        oldestReadySeconds: (now - oldest) / 1000,
      };
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

  private announce(): void {
    for (const listener of [...this.listeners]) listener();
  }

  /** @returns those that are not held. */
  private eachHeld(
    leases: readonly LeaseRef[],
    work: (entry: Entry, lease: Lease) => void,
  ): readonly LeaseRef[] {
    return leases.filter(({ id, fence }) => {
      const entry = this.entries.get(id);
      if (entry?.lease?.fence !== fence) return true;
      work(entry, entry.lease);
      return false;
    });
  }
}
