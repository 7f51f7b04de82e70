import {
  type AttemptUsage,
  type FailureClass,
  type JobState,
  type RetryPolicy,
  retryDelayMs,
} from '@imprest/domain';
import type { CommandContext } from '../command-context.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream } from '../deciding/stream-types.js';
import type { Clock } from '../ports/clock.js';
import type { LeaseRef, WorkQueue } from '../ports/work-queue.js';
import type { JobOutputs } from './job-outputs.js';
import { readJob, standingOf } from './job-standing.js';
import type { AttemptOutcome, OrchestrationObserver } from './orchestration-observer.js';

export interface AttemptFailure {
  readonly failureClass: FailureClass;
  readonly message: string;
  /** How it is counted; its class when absent. */
  readonly countedAs?: AttemptOutcome;
  /** Without a delay before the next attempt: nothing was wrong with this one, it never began. */
  readonly atOnce?: boolean;
  /** What the attempt took, as far as it is known. */
  readonly usage?: AttemptUsage;
}

export interface AttemptFailuresServices {
  readonly runner: DeciderRunner;
  readonly queue: WorkQueue;
  readonly outputs: JobOutputs;
  readonly retryPolicy: RetryPolicy;
  readonly clock: Clock;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly observer: OrchestrationObserver;
}

/** `retrying`: another attempt follows. `failed`: there is none. `notHeld`: the lease was lost before. */
export type FailureAnswer = 'retrying' | 'failed' | 'notHeld';

/** Ends an attempt that failed: another one later, or the end of the job. */
export class AttemptFailures {
  constructor(private readonly services: AttemptFailuresServices) {}

  /**
   * The fact comes before the queue. A crash between the two leaves a lease that runs out, and the
   * sweeper gives the item back or takes it out, whichever the job's stream says.
   */
  async end(
    lease: LeaseRef,
    failure: AttemptFailure,
    contextOf: (job: JobState) => CommandContext,
  ): Promise<FailureAnswer> {
    const { runner, clock, observer, outputs } = this.services;
    const job = await readJob(runner, lease.id);
    if (standingOf(job, lease.fence) !== 'held') return endedBefore(job, lease.fence);
    const { failureClass, message, countedAs = failureClass, usage } = failure;
    const delayMs = this.delayMs(failure, job.attempt);
    const readyAt = delayMs === undefined ? undefined : new Date(clock.now().getTime() + delayMs);
    const retryAt = readyAt?.toISOString() ?? null;
    const { fence } = lease;
    const command = { type: 'FailAttempt', fence, failureClass, message, retryAt, usage } as const;
    const result = await runner.run(jobStream, lease.id, command, contextOf(job));
    if (result.kind !== 'accepted') return 'notHeld';
    if (result.events.length > 0) observer.attemptEnded(countedAs);
    await this.updateQueue(lease, readyAt);
    await outputs.eraseAll(lease, job.cost);
    return readyAt === undefined ? 'failed' : 'retrying';
  }

  /** Undefined when there is no further attempt. */
  private delayMs({ failureClass, atOnce }: AttemptFailure, attempt: number): number | undefined {
    const { retryPolicy, random } = this.services;
    const delayMs = retryDelayMs(retryPolicy, failureClass, attempt, random());
    return delayMs !== undefined && atOnce ? 0 : delayMs;
  }

  private async updateQueue(lease: LeaseRef, readyAt: Date | undefined): Promise<void> {
    const { queue } = this.services;
    if (readyAt === undefined) await queue.remove([lease.id]);
    else await queue.release([{ ...lease, readyAt }]);
  }
}

/** A repeat is answered as the first time was. */
function endedBefore(job: JobState, fence: number): FailureAnswer {
  if (job.fence !== fence) return 'notHeld';
  if (job.status === 'deadLettered') return 'failed';
  return job.status === 'queued' ? 'retrying' : 'notHeld';
}
