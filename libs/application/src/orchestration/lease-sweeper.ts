import type { JobState } from '@imprest/domain';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import type { Lease, WorkQueue } from '../ports/work-queue.js';
import type { AttemptFailures } from './attempt-failures.js';
import type { GenerationRequests } from './generation-requests.js';
import { isOpenJob, readJob, standingOf } from './job-standing.js';
import type { OrchestrationObserver } from './orchestration-observer.js';

export interface LeaseSweeperServices {
  readonly runner: DeciderRunner;
  readonly requests: GenerationRequests;
  readonly queue: WorkQueue;
  readonly failures: AttemptFailures;
  readonly observer: OrchestrationObserver;
}

const MOST_AT_ONCE = 500;

/**
 * Takes jobs away from workers that fell silent. It also mends what a crash between a job's stream and
 * the queue has left behind, always in favour of the stream:
 * - the job has ended, the item is still there: it is taken out;
 * - the attempt has failed, the item is still leased: it is given back;
 * - the item was leased, the job knows nothing of it: it is given back, and no attempt has been used.
 */
export class LeaseSweeper {
  constructor(private readonly services: LeaseSweeperServices) {}

  /** Safe to run in several processes at once: the job's stream accepts one of them. */
  async sweep(): Promise<void> {
    const { queue, observer } = this.services;
    const expired = await queue.expired(MOST_AT_ONCE);
    const ended = await Promise.allSettled(expired.map((lease) => this.end(lease)));
    for (const result of ended) {
      if (result.status === 'rejected') observer.troubled('ending a silent lease', result.reason);
    }
  }

  private async end(lease: Lease): Promise<void> {
    const { runner, queue } = this.services;
    const job = await readJob(runner, lease.id);
    if (!isOpenJob(job)) await queue.remove([lease.id]);
    else if (standingOf(job, lease.fence) === 'held') await this.expire(lease);
    else await queue.release([lease]);
  }

  private async expire(lease: Lease): Promise<void> {
    const { requests, failures } = this.services;
    const facts = await requests.find(lease.id);
    const contextOf = (_: JobState) => ({
      correlationId: facts?.correlationId ?? lease.id,
      traceparent: facts?.traceparent,
      causationId: `${lease.id}/${lease.fence}`,
      actor: { kind: 'system', id: 'lease-sweeper' } as const,
    });
    const failure = {
      failureClass: 'infrastructure',
      message: `worker ${lease.workerId} went silent`,
      countedAs: 'expired',
    } as const;
    await failures.end(lease, failure, contextOf);
  }
}
