import { JOB_QUEUE, PeriodicTask, type WorkQueue } from '@imprest/application';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';

const EVERY_MS = 5_000;
const WINDOW_MS = 600_000;

interface Sample {
  readonly atMs: number;
  /** Leases by tenant, from the sample before to this one. */
  readonly leases: ReadonlyMap<string, number>;
}

/**
 * What tenants had of the workers' time within the last minutes: leases are counted every few seconds. Kept in
 * memory, because it tells how things go and proves nothing.
 */
@Injectable()
export class TimeShares implements OnApplicationBootstrap, OnModuleDestroy {
  private samples: Sample[] = [];
  private startedMs = performance.now();
  private readonly sampling = new PeriodicTask(
    EVERY_MS,
    () => this.sample(),
    // A sample that is missing makes the one after it count for longer.
    () => undefined,
  );

  constructor(@Inject(JOB_QUEUE) private readonly queue: Pick<WorkQueue, 'serving'>) {}

  onApplicationBootstrap(): void {
    this.startedMs = performance.now();
    this.sampling.startLater();
  }

  onModuleDestroy(): Promise<void> {
    return this.sampling.stop();
  }

  get windowSeconds(): number {
    return Math.round(Math.min(WINDOW_MS, performance.now() - this.startedMs) / 1_000);
  }

  /** Parts of all time on workers, 0 to 1; null while nobody had any. */
  parts(): (tenantId: string) => number | null {
    const times = new Map<string, number>();
    let total = 0;
    let before = this.startedMs;
    for (const { atMs, leases } of this.samples) {
      for (const [tenantId, count] of leases) {
        const time = count * (atMs - before);
        times.set(tenantId, (times.get(tenantId) ?? 0) + time);
        total += time;
      }
      before = atMs;
    }
    return (tenantId) =>
      total === 0 ? null : Math.round(((times.get(tenantId) ?? 0) / total) * 10_000) / 10_000;
  }

  async sample(): Promise<void> {
    const leases = await this.queue.serving();
    const atMs = performance.now();
    const fresh = this.samples.filter((sample) => sample.atMs > atMs - WINDOW_MS);
    if (fresh.length < this.samples.length)
      this.startedMs = this.samples[this.samples.length - fresh.length - 1]!.atMs;
    this.samples = [...fresh, { atMs, leases }];
  }
}
