import type { TenantShare, WorkItem } from '@imprest/application';
import { ReadyEntries } from './ready-entries.js';

interface Entry {
  readonly item: WorkItem;
  readonly line: Line;
  readonly position: number;
}

interface Line {
  readonly tenantId: string;
  readonly lane: string;
  time: number;
  credit: number;
  readonly ready: ReadyEntries<Entry>;
}

interface Tenant {
  share: TenantShare;
  held: number;
  readonly lines: Line[];
}

/** The rules of the README for leases of one item, in memory and one step at a time. */
export class FairQueueModel {
  private readonly entries = new Map<string, Entry>();
  private readonly leased = new Set<string>();
  private readonly tenants = new Map<string, Tenant>();
  private readonly clocks = new Map<string, number>();
  private readonly servedWith = new Map<string, readonly string[]>();
  private positions = 0;

  constructor(private readonly headStart = 60_000) {}

  enqueue(items: readonly WorkItem[]): void {
    for (const item of items) {
      if (this.entries.has(item.id)) continue;
      const line = this.lineOf(item);
      if (!this.clocks.has(item.lane)) this.clocks.set(item.lane, 0);
      this.positions += 1;
      const entry = { item, line, position: this.positions };
      this.entries.set(item.id, entry);
      line.ready.add(entry);
    }
  }

  setShare(tenantId: string, share: TenantShare): void {
    this.tenant(tenantId).share = share;
  }

  /** That ever had an item. */
  get lanes(): readonly string[] {
    return [...this.clocks.keys()];
  }

  readyIds(): string[] {
    return [...this.entries.keys()].filter((id) => !this.leased.has(id));
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) {
      const entry = this.entries.get(id);
      if (entry === undefined) continue;
      if (this.leased.delete(id)) this.tenant(entry.item.tenantId).held -= 1;
      else entry.line.ready.take(entry);
      this.entries.delete(id);
    }
  }

  /** Items that may be leased next: the oldest one of each tenant that is furthest behind. */
  candidates(lanes: readonly string[]): string[] {
    const heads = [...this.tenants.values()].flatMap((tenant) => this.headOf(tenant, lanes) ?? []);
    const least = Math.min(...heads.map(({ start }) => start));
    return heads.filter(({ start }) => start === least).map(({ entry }) => entry.item.id);
  }

  lease(id: string, lanes: readonly string[]): void {
    const entry = this.entry(id);
    const { item, line } = entry;
    const tenant = this.tenant(item.tenantId);
    const start = this.startOf(line, lanes);
    const use = item.cost / tenant.share.weight;
    const own = tenant.lines.filter(({ lane }) => lanes.includes(lane));
    const credited = Math.min(use, Math.max(...own.map(({ credit }) => credit)));
    const finish = start + use - credited;
    for (const each of own) {
      each.time = Math.max(each.time, finish);
      each.credit -= Math.min(each.credit, credited);
    }
    for (const lane of lanes) {
      const clock = this.clocks.get(lane);
      if (clock === undefined) continue;
      this.clocks.set(lane, Math.max(clock, start));
      this.servedWith.set(lane, lanes);
    }
    line.ready.take(entry);
    this.leased.add(id);
    tenant.held += 1;
  }

  /** @param used what it really took; as expected when absent */
  release(id: string, used?: number): void {
    const entry = this.end(id, used);
    entry.line.ready.add(entry);
  }

  complete(id: string, used?: number): void {
    this.end(id, used);
    this.entries.delete(id);
  }

  private end(id: string, used: number | undefined): Entry {
    const entry = this.entry(id);
    const { tenantId, lane, cost } = entry.item;
    const tenant = this.tenant(tenantId);
    this.leased.delete(id);
    tenant.held -= 1;
    const more = ((used ?? cost) - cost) / tenant.share.weight;
    const charged = this.servedWith.get(lane) ?? [lane];
    for (const line of tenant.lines) {
      if (!charged.includes(line.lane)) continue;
      line.time += Math.max(more - line.credit, 0);
      line.credit = Math.max(line.credit - more, 0);
    }
    return entry;
  }

  private headOf(
    { share: { cap }, held, lines }: Tenant,
    lanes: readonly string[],
  ): { readonly start: number; readonly entry: Entry } | undefined {
    if (cap !== null && held >= cap) return undefined;
    let head: { readonly start: number; readonly entry: Entry } | undefined;
    for (const line of lines) {
      const entry = line.ready.first;
      if (entry === undefined || !lanes.includes(line.lane)) continue;
      const start = this.startOf(line, lanes);
      const isEarlier =
        head === undefined ||
        start < head.start ||
        (start === head.start && entry.position < head.entry.position);
      if (isEarlier) head = { start, entry };
    }
    return head;
  }

  private startOf(line: Line, lanes: readonly string[]): number {
    const clock = Math.max(...lanes.map((lane) => this.clocks.get(lane) ?? 0));
    const { priority } = this.tenant(line.tenantId).share;
    return Math.max(line.time, clock - priority * this.headStart);
  }

  private lineOf({ tenantId, lane }: WorkItem): Line {
    const { lines } = this.tenant(tenantId);
    const known = lines.find((line) => line.lane === lane);
    if (known !== undefined) return known;
    const line: Line = { tenantId, lane, time: 0, credit: 0, ready: new ReadyEntries() };
    lines.push(line);
    return line;
  }

  private tenant(tenantId: string): Tenant {
    const known = this.tenants.get(tenantId);
    if (known !== undefined) return known;
    const share = { weight: 1, cap: null, priority: 0 };
    const tenant: Tenant = { share, held: 0, lines: [] };
    this.tenants.set(tenantId, tenant);
    return tenant;
  }

  private entry(id: string): Entry {
    const entry = this.entries.get(id);
    if (entry === undefined) throw new Error(`${id} is not queued`);
    return entry;
  }
}
