import type { JobState } from '@imprest/domain';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import type { Lease, WorkQueue } from '../ports/work-queue.js';
import type { AttemptFailure, AttemptFailures } from './attempt-failures.js';
import type { GenerationRequests } from './generation-requests.js';
import { isOpenJob, readJob, standingOf } from './job-standing.js';
import type { OrchestrationObserver } from './orchestration-observer.js';
import { workerOf } from './worker-session.js';

export interface LeaseSweeperServices {
  readonly runner: DeciderRunner;
  readonly requests: GenerationRequests;
  readonly queue: WorkQueue;
  readonly failures: AttemptFailures;
  readonly observer: OrchestrationObserver;
}

const MOST_AT_ONCE = 500;

/** Why a worker loses its lease. */
export type LeaseLoss = Pick<AttemptFailure, 'message' | 'countedAs' | 'atOnce'>;

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
    await this.takeAway(await this.services.queue.expired(MOST_AT_ONCE), (lease) => ({
      message: `worker ${workerOf(lease.workerId)} went silent`,
      countedAs: 'expired',
    }));
  }

  /** One that cannot be taken away now keeps none of the others. */
  async takeAway(leases: readonly Lease[], why: (lease: Lease) => LeaseLoss): Promise<void> {
    const { observer } = this.services;
    const ended = await Promise.allSettled(leases.map((lease) => this.end(lease, why(lease))));
    for (const result of ended) {
      if (result.status === 'rejected') observer.troubled('taking a lease away', result.reason);
    }
  }

  private async end(lease: Lease, loss: LeaseLoss): Promise<void> {
    const { runner, queue } = this.services;
    const job = await readJob(runner, lease.id);
    if (!isOpenJob(job)) await queue.remove([lease.id]);
    else if (standingOf(job, lease.fence) === 'held') await this.fail(lease, loss);
    else await queue.release([lease]);
  }

  private async fail(lease: Lease, loss: LeaseLoss): Promise<void> {
    const { requests, failures } = this.services;
    const facts = await requests.find(lease.id);
    const contextOf = (_: JobState) => ({
      correlationId: facts?.correlationId ?? lease.id,
      traceparent: facts?.traceparent,
      causationId: `${lease.id}/${lease.fence}`,
      actor: { kind: 'system', id: 'lease-sweeper' } as const,
    });
    const failure = { failureClass: 'infrastructure', ...loss } as const;
    await failures.end(lease, failure, contextOf);
  }
}
