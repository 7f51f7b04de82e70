import {
  type AttemptRules,
  type AttemptUsage,
  type FailureClass,
  type JobState,
  retryDelayMs,
} from '@imprest/domain';
import type { CommandContext } from '../command-context.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream } from '../deciding/stream-types.js';
import type { Clock } from '../ports/clock.js';
import type { LeaseRef, SpentLease, WorkQueue } from '../ports/work-queue.js';
import type { JobOutputs } from './job-outputs.js';
import { isOpenJob, readJob, standingOf } from './job-standing.js';
import type { AttemptOutcome, OrchestrationObserver } from './orchestration-observer.js';

export interface AttemptFailure {
  readonly failureClass: FailureClass;
  readonly message: string;
  /** How it is counted; its class when absent. */
  readonly countedAs?: AttemptOutcome;
  /** Without a delay before the next attempt: nothing was wrong with this one, it never began. */
  readonly atOnce?: boolean;
  /** Of a failure as `unknown`: the attempt whose provider call it is about; its own when absent. */
  readonly unresolvedAttempt?: number;
  /** What the attempt took, as far as it is known. */
  readonly usage?: AttemptUsage;
}

export interface AttemptFailuresServices {
  readonly runner: DeciderRunner;
  readonly queue: WorkQueue;
  readonly outputs: JobOutputs;
  readonly rules: Pick<AttemptRules, 'failures'>;
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
    const { failureClass, message, usage, unresolvedAttempt } = failure;
    const delayMs = this.delayMs(failure, job.attempt);
    const readyAt = delayMs === undefined ? undefined : new Date(clock.now().getTime() + delayMs);
    const retryAt = readyAt?.toISOString() ?? null;
    const { fence } = lease;
    const failed = { failureClass, message, retryAt, usage, unresolvedAttempt };
    const command = { type: 'FailAttempt', fence, ...failed } as const;
    const result = await runner.run(jobStream, lease.id, command, contextOf(job));
    if (result.kind !== 'accepted') return 'notHeld';
    if (result.events.length > 0) {
      observer.attemptEnded(failure.countedAs ?? failureClass, { model: job.model, usage });
    }
    const cost = usage?.gpuMs ?? (failure.atOnce ? 0 : undefined);
    await this.updateQueue({ ...lease, cost }, readyAt);
    await outputs.eraseAll(lease);
    return readyAt === undefined ? 'failed' : 'retrying';
  }

  /** Undefined when there is no further attempt. */
  private delayMs({ failureClass, atOnce }: AttemptFailure, attempt: number): number | undefined {
    const { rules, random } = this.services;
    const delayMs = retryDelayMs(rules.failures[failureClass].retry, attempt, random());
    return delayMs !== undefined && atOnce ? 0 : delayMs;
  }

  /** What the attempt used counts in either case; a queue that has leased the item again takes it out as well. */
  private async updateQueue(lease: SpentLease, readyAt: Date | undefined): Promise<void> {
    const { queue } = this.services;
    if (readyAt !== undefined) return queue.release([{ ...lease, readyAt }]);
    const lost = await queue.complete([lease]);
    if (lost.length > 0) await queue.remove([lease.id]);
  }
}

/** A repeat is answered as the first time was. */
function endedBefore(job: JobState, fence: number): FailureAnswer {
  if (job.fence !== fence) return 'notHeld';
  if (job.status === 'deadLettered') return 'failed';
  return isOpenJob(job) ? 'retrying' : 'notHeld';
}
