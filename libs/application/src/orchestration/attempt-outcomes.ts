import type { AttemptUsage, FailureClass, JobState } from '@imprest/domain';
import type { CommandContext } from '../command-context.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream } from '../deciding/stream-types.js';
import type { LeaseRef, WorkQueue } from '../ports/work-queue.js';
import type { AttemptFailure, AttemptFailures } from './attempt-failures.js';
import type { GenerationRequests } from './generation-requests.js';
import type { ConfirmedOutputs, JobOutputs } from './job-outputs.js';
import { leaseNotHeld, readJob, standingOf } from './job-standing.js';
import { leaseContext } from './lease-context.js';
import type { OrchestrationObserver } from './orchestration-observer.js';

export interface AttemptOutcomesServices {
  readonly runner: DeciderRunner;
  readonly requests: GenerationRequests;
  readonly queue: WorkQueue;
  readonly outputs: JobOutputs;
  readonly failures: AttemptFailures;
  readonly observer: OrchestrationObserver;
}

export interface RenderedResult {
  /** What the uploads were answered with. */
  readonly receipts: readonly string[];
  /** Indexes that storage did not take. */
  readonly lost: readonly number[];
  readonly usage?: AttemptUsage;
}

export type WorkerFailureClass = Exclude<FailureClass, 'cancelled'>;

export interface WorkerFailure {
  readonly failureClass: WorkerFailureClass;
  readonly message: string;
  /** See AttemptFailure. */
  readonly unresolvedAttempt?: number;
  readonly usage?: AttemptUsage;
}

export type AttemptAnswer = 'succeeded' | 'retrying' | 'failed';

/** Takes in how attempts ended. Whatever comes with a lease that is not held any more counts for nothing. */
export class AttemptOutcomes {
  constructor(private readonly services: AttemptOutcomesServices) {}

  /**
   * The images made, all asked for or fewer. An attempt of which nothing is left has failed. Safe to repeat.
   * @throws DomainFailure conflict with `reason` lease_lost or cancelled; validation_error for a receipt
   * that is none of this lease
   */
  async rendered(lease: LeaseRef, result: RenderedResult): Promise<AttemptAnswer> {
    const job = await readJob(this.services.runner, lease.id);
    if (hasCounted(job, lease)) return 'succeeded';
    if (standingOf(job, lease.fence) !== 'held') throw await this.late(lease, job);
    const confirmed = await this.services.outputs.confirm(lease, result.receipts);
    const lost = [...new Set([...result.lost, ...confirmed.lost])];
    const { usage } = result;
    if (confirmed.stored.length === 0) {
      return this.failed(lease, { ...nothingMade(lost.length), usage });
    }
    return this.complete(lease, job, { ...confirmed, lost }, usage);
  }

  /**
   * Safe to repeat. Answers `succeeded` when a result of the same lease has counted before.
   * @throws DomainFailure conflict with `reason` lease_lost or cancelled
   */
  async failed(lease: LeaseRef, failure: AttemptFailure): Promise<AttemptAnswer> {
    const { failures, requests, runner } = this.services;
    const facts = await requests.find(lease.id);
    const contextOf = (job: JobState) =>
      leaseContext(lease, job.workerId ?? '', facts ?? { correlationId: lease.id });
    const answer = await failures.end(lease, failure, contextOf);
    if (answer !== 'notHeld') return answer;
    const job = await readJob(runner, lease.id);
    if (hasCounted(job, lease)) return 'succeeded';
    throw await this.late(lease, job);
  }

  private async complete(
    lease: LeaseRef,
    job: JobState,
    { stored, lost }: ConfirmedOutputs,
    usage?: AttemptUsage,
  ): Promise<AttemptAnswer> {
    const { runner, queue, observer } = this.services;
    const command = { type: 'CompleteJob', fence: lease.fence, stored, lost, usage } as const;
    const context = await this.context(lease, job);
    const result = await runner.run(jobStream, lease.id, command, context);
    if (result.kind !== 'accepted') throw await this.late(lease, await readJob(runner, lease.id));
    if (result.events.length > 0) {
      observer.attemptEnded('succeeded', { model: job.model, usage });
    }
    // A crash before this leaves a lease that runs out; the sweeper takes the item of an ended job out.
    await queue.complete([{ ...lease, cost: usage?.gpuMs }]);
    return 'succeeded';
  }

  private async context(lease: LeaseRef, job: JobState): Promise<CommandContext> {
    const facts = await this.services.requests.get(lease.id);
    return leaseContext(lease, job.workerId ?? '', facts);
  }

  private async late(lease: LeaseRef, job: JobState): Promise<Error> {
    const standing = standingOf(job, lease.fence);
    if (standing === 'held') throw new Error(`lease ${lease.fence} of ${lease.id} is still held`);
    this.services.observer.attemptEnded(standing === 'cancelled' ? 'cancelled' : 'late');
    await this.services.outputs.eraseAll(lease);
    return leaseNotHeld(lease, standing);
  }
}

/** Its images belong to the generation: they are never erased for being late. */
function hasCounted(job: JobState, { fence }: LeaseRef): boolean {
  return job.status === 'succeeded' && job.fence === fence;
}

function nothingMade(lost: number): WorkerFailure {
  return lost > 0
    ? { failureClass: 'infrastructure', message: `storage took none of ${lost} images` }
    : { failureClass: 'model', message: 'the provider made no image' };
}
