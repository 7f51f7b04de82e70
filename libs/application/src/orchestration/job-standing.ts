import { domainError, isOpenJob, type JobState } from '@imprest/domain';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { LeaseRef } from '../ports/work-queue.js';

export { isOpenJob };

/** Whether a worker still holds what it was given. */
export type LeaseStanding = 'held' | 'cancelled' | 'lost';

export function readJob(runner: DeciderRunner, jobId: string): Promise<JobState> {
  return runner.read(jobStream, jobId, (state) => ({ ...state }));
}

export function standingOf(job: JobState, fence: number): LeaseStanding {
  if (job.status === 'cancelled' || job.status === 'deadlineMissed') return 'cancelled';
  return job.status === 'leased' && job.fence === fence ? 'held' : 'lost';
}

/** What a worker is told that comes with a lease it does not hold any more. `reason` is for programs. */
export function leaseNotHeld(
  { id, fence }: LeaseRef,
  standing: Exclude<LeaseStanding, 'held'>,
): DomainFailure {
  const [reason, message] =
    standing === 'cancelled'
      ? ['cancelled', `job ${id} was cancelled: stop working on it`]
      : ['lease_lost', `lease ${fence} of job ${id} is lost: its result does not count`];
  return new DomainFailure(domainError('conflict', message, { details: { reason } }));
}
