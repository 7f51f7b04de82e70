import { domainError, type KeptOutput } from '@imprest/domain';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { WithheldOutputs } from '../moderation/index.js';
import { OutputWithheld } from '../outputs/index.js';
import type { Clock } from '../ports/clock.js';
import type { PreviewStore } from '../ports/preview-store.js';
import type { LeaseRef } from '../ports/work-queue.js';
import type { AttemptOutcomes } from './attempt-outcomes.js';
import type { GenerationRequests } from './generation-requests.js';
import type { JobOutputs } from './job-outputs.js';
import { readJob } from './job-standing.js';
import { leaseContext } from './lease-context.js';
import type { OrchestrationObserver } from './orchestration-observer.js';

export interface JobUploadsServices {
  readonly runner: DeciderRunner;
  readonly requests: GenerationRequests;
  readonly outputs: JobOutputs;
  readonly outcomes: Pick<AttemptOutcomes, 'failed'>;
  readonly withheld: Pick<WithheldOutputs, 'keep'>;
  readonly previews: Pick<PreviewStore, 'withhold'>;
  readonly clock: Clock;
  readonly observer: Pick<OrchestrationObserver, 'troubled'>;
}

/** Takes in what workers upload, and ends the attempt whose output nobody may see. */
export class JobUploads {
  constructor(private readonly services: JobUploadsServices) {}

  /**
   * The receipt of the stored image. The attempt of an output that was withheld fails here and now: it is not
   * for the worker to say how that ends. @throws what JobOutputs.store throws
   */
  async upload(lease: LeaseRef, index: number, bytes: Uint8Array): Promise<string> {
    try {
      return await this.services.outputs.store(lease, index, bytes);
    } catch (error) {
      if (!(error instanceof OutputWithheld)) throw error;
      await this.withhold(lease, index, bytes, error);
      const message = `image ${index} of ${lease.id} was withheld: stop working on it`;
      throw new DomainFailure(
        domainError('conflict', message, { details: { reason: 'lease_lost' } }),
      );
    }
  }

  private async withhold(
    lease: LeaseRef,
    index: number,
    bytes: Uint8Array,
    withheld: OutputWithheld,
  ): Promise<void> {
    const { runner, requests, outcomes } = this.services;
    const { sha256, verdict } = withheld;
    await this.withholdPreviews(lease);
    const facts = await requests.get(lease.id);
    const { workerId } = await readJob(runner, lease.id);
    const context = leaseContext(lease, workerId ?? '', facts);
    const { fence } = lease;
    const kept = await this.keep(lease, index, bytes, withheld);
    const command = { type: 'WithholdOutput', fence, index, sha256, verdict, kept } as const;
    await runner.run(jobStream, lease.id, command, context);
    const message = `image ${index} was ${withheld.message}`;
    await outcomes.failed(lease, { failureClass: 'moderation', message });
  }

  /** First of all: nobody may go on looking at what nobody may see. */
  private async withholdPreviews({ id }: LeaseRef): Promise<void> {
    const { previews, observer } = this.services;
    await previews
      .withhold(id)
      .catch((error) => observer.troubled(`taking the previews of ${id} away`, error));
  }

  /** It is withheld whether or not it could be kept. */
  private async keep(
    lease: LeaseRef,
    index: number,
    bytes: Uint8Array,
    output: OutputWithheld,
  ): Promise<KeptOutput | null> {
    const { withheld, clock, observer } = this.services;
    try {
      return await withheld.keep(lease, index, bytes, output, clock.now());
    } catch (error) {
      observer.troubled(`keeping withheld image ${index} of ${lease.id} for moderators`, error);
      return null;
    }
  }
}
