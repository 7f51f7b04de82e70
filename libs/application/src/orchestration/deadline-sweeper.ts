import type { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream } from '../deciding/stream-types.js';
import type { Lease, WorkQueue } from '../ports/work-queue.js';
import type { GenerationRequests } from './generation-requests.js';
import { watchedDeadline } from './job-deadlines.js';
import { isOpenJob, readJob } from './job-standing.js';
import type { LeaseWatch } from './lease-watch.js';
import type { OrchestrationObserver } from './orchestration-observer.js';

export interface DeadlineSweeperServices {
  readonly runner: DeciderRunner;
  readonly requests: GenerationRequests;
  /** Of jobs. */
  readonly queue: WorkQueue;
  readonly deadlineQueue: WorkQueue;
  readonly watch: Pick<LeaseWatch, 'raise'>;
  readonly observer: OrchestrationObserver;
}

const NAME = 'deadline-sweeper';
const MOST_AT_ONCE = 500;
const LEASE_MS = 30_000;

/**
 * Ends work whose deadline has passed. The job's stream says whether it has; the hold is released because of what
 * it says, as for every other end, and a worker that is at it hears of it like of a cancellation.
 */
export class DeadlineSweeper {
  constructor(private readonly services: DeadlineSweeperServices) {}

  /** Safe to run in several processes at once: each deadline is leased to one of them, and counts once anyway. */
  async sweep(): Promise<void> {
    const { deadlineQueue, observer } = this.services;
    await deadlineQueue.release(await deadlineQueue.expired(MOST_AT_ONCE));
    for (let isFull = true; isFull; ) {
      const request = { workerId: NAME, limit: MOST_AT_ONCE, leaseMs: LEASE_MS };
      const due = await deadlineQueue.lease(request);
      const ended = await Promise.allSettled(due.map((lease) => this.end(lease)));
      for (const result of ended) {
        if (result.status === 'rejected') observer.troubled('ending late work', result.reason);
      }
      isFull = due.length === MOST_AT_ONCE;
    }
  }

  /** The item goes last: whatever a crash leaves undone comes again when its lease has run out. */
  private async end(lease: Lease): Promise<void> {
    const { runner, requests, queue, deadlineQueue, observer, watch } = this.services;
    const { jobId, deadline } = watchedDeadline(lease.id);
    const facts = await requests.find(jobId);
    const at = facts?.deadlines[deadline] ?? null;
    if (facts !== undefined && at !== null) {
      const { correlationId, traceparent } = facts;
      const actor = { kind: 'system', id: NAME } as const;
      const context = { correlationId, traceparent, causationId: lease.id, actor };
      const command = { type: 'MissDeadline', deadline, at } as const;
      const result = await runner.run(jobStream, jobId, command, context);
      if (result.kind === 'accepted' && result.events.length > 0) {
        observer.deadlineMissed(deadline);
        watch.raise();
      }
      if (!isOpenJob(await readJob(runner, jobId))) await queue.remove([jobId]);
    }
    await deadlineQueue.complete([lease]);
  }
}
