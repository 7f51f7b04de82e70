import { domainError } from '@imprest/domain';
import type { CharacterIdentities } from '../characters/character-identities.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import { openInputs } from '../generations/confidential-input.js';
import { loadGeneration } from '../generations/load-generation.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import type { IdentityEmbedding } from '../ports/generation-provider.js';
import type { LeaseRef } from '../ports/work-queue.js';
import { leaseNotHeld, readJob, standingOf } from './job-standing.js';
import { leaseContext } from './lease-context.js';

export interface JobIdentitiesServices {
  readonly runner: DeciderRunner;
  readonly store: EventStore;
  readonly dataKeys: DataKeys;
  readonly identities: Pick<CharacterIdentities, 'keep'>;
}

/** Looks that the worker of a job has worked out for the character that the job shows. */
export class JobIdentities {
  constructor(private readonly services: JobIdentitiesServices) {}

  /**
   * @returns the looks to render with: another worker may have been first
   * @throws DomainFailure conflict with `reason` lease_lost or cancelled; not_found
   */
  async keep(lease: LeaseRef, embedding: IdentityEmbedding): Promise<IdentityEmbedding> {
    const { runner, store, dataKeys, identities } = this.services;
    const job = await readJob(runner, lease.id);
    const standing = standingOf(job, lease.fence);
    if (standing !== 'held') throw leaseNotHeld(lease, standing);
    const view = await loadGeneration(store, lease.id);
    const shown = view && (await openInputs(dataKeys, [view])).get(view.id)?.character;
    if (view === undefined || shown === undefined) {
      throw new DomainFailure(domainError('not_found', 'this job shows no character'));
    }
    return identities.keep(shown, embedding, leaseContext(lease, job.workerId ?? '', view));
  }
}
