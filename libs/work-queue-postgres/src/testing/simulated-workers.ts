import type { WorkItem } from '@imprest/application';
import { type DemandedJob, type UnequalDemand, WEIGHTS } from './unequal-demand.js';

/** What simulated workers lease from. */
export interface SimulatedQueue {
  enqueue(items: readonly WorkItem[]): Promise<void>;
  /** Ids of up to so many items. */
  lease(limit: number): Promise<readonly string[]>;
  /** @param usedMs what each took of a GPU */
  complete(done: readonly { readonly id: string; readonly usedMs: number }[]): Promise<void>;
}

/** What came of a simulated time. */
export interface Outcome {
  readonly leases: number;
  /** Tenant, minute and by how much of its share it was off, where that was most. */
  readonly worst: { readonly tenant: number; readonly minute: number; readonly off: number };
  /** Windows of ten minutes, counted for each tenant that was backlogged all through. */
  readonly windows: number;
  /** Seconds in which a GPU idled although work waited. */
  readonly idled: number;
  /** The longest time in seconds for which a backlogged tenant was given nothing. */
  readonly longestWait: number;
  /** Jobs that waited when time was over. */
  readonly waiting: number;
}

interface Tenant {
  waiting: number;
  running: number;
  /** GPU-seconds. */
  served: number;
  emptyAt: number;
  leasedAt: number;
}

const WINDOW_MINUTES = 10;

/** GPUs that take whatever a queue gives them, second by second, and what tenants get of them. */
export class SimulatedWorkers {
  private readonly tenants = WEIGHTS.map((): Tenant => {
    return { waiting: 0, running: 0, served: 0, emptyAt: 0, leasedAt: 0 };
  });
  private readonly jobs = new Map<string, DemandedJob>();
  private readonly ending = new Map<number, string[]>();
  /** GPU-seconds of each tenant, minute by minute. */
  private readonly minutes: number[][] = [];
  private readonly worst = { tenant: 0, minute: 0, off: 0 };
  private made = 0;
  private busy = 0;
  private leases = 0;
  private windows = 0;
  private idled = 0;
  private longestWait = 0;

  constructor(
    private readonly queue: SimulatedQueue,
    private readonly demand: UnequalDemand,
    private readonly gpus: number,
  ) {}

  async run(seconds: number): Promise<Outcome> {
    for (let second = 0; second < seconds; second += 1) {
      if (second % 60 === 0) this.closeMinute(second);
      await this.end(second);
      await this.enqueue(second);
      await this.begin(second);
      for (const tenant of this.tenants) {
        if (tenant.waiting === 0) tenant.emptyAt = second;
        tenant.served += tenant.running;
      }
    }
    const { leases, worst, windows, idled, longestWait } = this;
    const waiting = this.tenants.reduce((sum, tenant) => sum + tenant.waiting, 0);
    return { leases, worst, windows, idled, longestWait, waiting };
  }

  private async end(second: number): Promise<void> {
    const ids = this.ending.get(second);
    if (ids === undefined) return;
    this.ending.delete(second);
    const done = ids.map((id) => {
      const { tenant, seconds } = this.jobs.get(id) as DemandedJob;
      (this.tenants[tenant] as Tenant).running -= 1;
      this.jobs.delete(id);
      return { id, usedMs: seconds * 1_000 };
    });
    this.busy -= done.length;
    await this.queue.complete(done);
  }

  private async enqueue(second: number): Promise<void> {
    const items = this.demand.at(second).map((job): WorkItem => {
      this.made += 1;
      const id = `job-${this.made}`;
      this.jobs.set(id, job);
      const tenant = this.tenants[job.tenant] as Tenant;
      if (tenant.waiting === 0) tenant.leasedAt = second;
      tenant.waiting += 1;
      return { id, tenantId: `tenant-${job.tenant}`, lane: 'model', cost: job.expectedMs };
    });
    if (items.length > 0) await this.queue.enqueue(items);
  }

  private async begin(second: number): Promise<void> {
    const free = this.gpus - this.busy;
    if (free === 0) return;
    const ids = await this.queue.lease(free);
    for (const id of ids) {
      const { tenant: n, seconds } = this.jobs.get(id) as DemandedJob;
      const tenant = this.tenants[n] as Tenant;
      this.longestWait = Math.max(this.longestWait, second - tenant.leasedAt);
      tenant.leasedAt = second;
      tenant.waiting -= 1;
      tenant.running += 1;
      const ends = second + seconds;
      const others = this.ending.get(ends);
      if (others === undefined) this.ending.set(ends, [id]);
      else others.push(id);
    }
    this.leases += ids.length;
    this.busy += ids.length;
    const waits = this.tenants.some(({ waiting }) => waiting > 0);
    if (waits) this.idled += this.gpus - this.busy;
  }

  /** Compares tenants that were backlogged for ten minutes: what they got together goes by their weights. */
  private closeMinute(second: number): void {
    this.minutes.push(this.tenants.map(({ served }) => served));
    const before = this.minutes.at(-1 - WINDOW_MINUTES);
    if (before === undefined) return;
    const backlogged = this.tenants
      .map((tenant, n) => ({ ...tenant, n, weight: WEIGHTS[n] as number }))
      .filter(({ emptyAt }) => emptyAt < second - WINDOW_MINUTES * 60)
      .map((each) => ({ ...each, got: each.served - (before[each.n] as number) }));
    if (backlogged.length < 2) return;
    const got = backlogged.reduce((sum, each) => sum + each.got, 0);
    const weights = backlogged.reduce((sum, { weight }) => sum + weight, 0);
    for (const { n, weight, got: own } of backlogged) {
      const off = Math.abs(own / ((got * weight) / weights) - 1);
      this.windows += 1;
      if (off > this.worst.off) Object.assign(this.worst, { tenant: n, minute: second / 60, off });
    }
  }
}
