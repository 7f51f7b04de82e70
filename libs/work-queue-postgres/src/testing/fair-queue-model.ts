import type { WorkItem } from '@imprest/application';

interface Line {
  readonly tenantId: string;
  readonly lane: string;
  time: number;
}

interface Entry {
  readonly item: WorkItem;
  readonly line: Line;
  readonly position: number;
  ready: boolean;
}

/** The rules of the README for leases of one item, in memory and one step at a time. */
export class FairQueueModel {
  private readonly entries = new Map<string, Entry>();
  private readonly lines = new Map<string, Line>();
  private readonly clocks = new Map<string, number>();
  private readonly weights = new Map<string, number>();
  private positions = 0;

  enqueue(items: readonly WorkItem[]): void {
    for (const item of items) {
      const { tenantId, lane } = item;
      const key = `${tenantId} ${lane}`;
      const line = this.lines.get(key) ?? { tenantId, lane, time: 0 };
      this.lines.set(key, line);
      if (!this.clocks.has(lane)) this.clocks.set(lane, 0);
      this.positions += 1;
      this.entries.set(item.id, { item, line, position: this.positions, ready: true });
    }
  }

  weigh(tenantId: string, weight: number): void {
    this.weights.set(tenantId, weight);
  }

  readyIds(): string[] {
    return [...this.entries.values()].filter(({ ready }) => ready).map(({ item }) => item.id);
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.entries.delete(id);
  }

  /** Items that may be leased next: the oldest one of each tenant that is furthest behind. */
  candidates(lanes: readonly string[]): string[] {
    const ready = [...this.entries.values()]
      .filter((entry) => entry.ready && lanes.includes(entry.line.lane))
      .map((entry) => ({ ...entry, start: this.startOf(entry.line, lanes) }))
      .sort((a, b) => a.start - b.start || a.position - b.position);
    const tenants = new Set<string>();
    return ready
      .filter(({ start }) => start === ready[0]?.start)
      .filter(({ line }) => !tenants.has(line.tenantId) && tenants.add(line.tenantId))
      .map(({ item }) => item.id);
  }

  lease(id: string, lanes: readonly string[]): void {
    const entry = this.entries.get(id) as Entry;
    const { tenantId, cost } = entry.item;
    const start = this.startOf(entry.line, lanes);
    const finish = start + cost / (this.weights.get(tenantId) ?? 1);
    for (const line of this.lines.values()) {
      if (line.tenantId === tenantId && lanes.includes(line.lane)) {
        line.time = Math.max(line.time, finish);
      }
    }
    for (const lane of lanes) if (this.clocks.has(lane)) this.clocks.set(lane, start);
    entry.ready = false;
  }

  release(id: string): void {
    (this.entries.get(id) as Entry).ready = true;
  }

  private startOf(line: Line, lanes: readonly string[]): number {
    return Math.max(line.time, ...lanes.map((lane) => this.clocks.get(lane) ?? 0));
  }
}
