import type { JobState } from '@imprest/domain';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream } from '../deciding/stream-types.js';
import type { Clock } from '../ports/clock.js';
import type { LeaseRef, WorkQueue } from '../ports/work-queue.js';
import type { GenerationRequests } from './generation-requests.js';
import { type LeaseStanding, readJob, standingOf } from './job-standing.js';
import { leaseContext } from './lease-context.js';

export interface LeaseHeartbeatsServices {
  readonly runner: DeciderRunner;
  readonly requests: GenerationRequests;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  readonly leaseSeconds: number;
}

/** In thousandths, because differences of fractions are not exact. */
const LEAST_STEP = 50;
const LEAST_INTERVAL_MS = 500;
const CAPACITY = 10_000;

/** Keeps leases alive and records how far their work has come, no finer than anyone would watch. */
export class LeaseHeartbeats {
  private readonly reportedAtMs = new Map<string, number>();

  constructor(private readonly services: LeaseHeartbeatsServices) {}

  /** `fraction` is 0 to 1, absent when the worker cannot tell. */
  async beat(lease: LeaseRef, fraction?: number): Promise<LeaseStanding> {
    const { runner, queue, leaseSeconds } = this.services;
    const job = await readJob(runner, lease.id);
    const standing = standingOf(job, lease.fence);
    if (standing !== 'held') {
      this.reportedAtMs.delete(lease.id);
      return standing;
    }
    const lost = await queue.extend([lease], leaseSeconds * 1000);
    if (lost.length > 0) return 'lost';
    if (fraction !== undefined) await this.report(lease, job, fraction);
    return 'held';
  }

  private async report(lease: LeaseRef, job: JobState, fraction: number): Promise<void> {
    const { runner, requests, clock } = this.services;
    const now = clock.now().getTime();
    const before = this.reportedAtMs.get(lease.id) ?? 0;
    const step = Math.round((fraction - job.fraction) * 1_000);
    if (step < LEAST_STEP || now - before < LEAST_INTERVAL_MS) return;
    if (this.reportedAtMs.size >= CAPACITY) this.reportedAtMs.clear();
    this.reportedAtMs.set(lease.id, now);
    const context = leaseContext(lease, job.workerId ?? '', await requests.get(lease.id));
    const command = { type: 'ReportProgress', fence: lease.fence, fraction } as const;
    await runner.run(jobStream, lease.id, command, context);
  }
}
