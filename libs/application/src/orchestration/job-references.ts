import { domainError } from '@imprest/domain';
import type { EncryptedAssets } from '../confidential/index.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import { openInputs } from '../generations/confidential-input.js';
import { loadGeneration } from '../generations/load-generation.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import type { LeaseRef } from '../ports/work-queue.js';
import type { ReferenceContent, StoredReferences } from '../references/index.js';
import { leaseNotHeld, readJob, standingOf } from './job-standing.js';

export interface JobReferencesServices {
  readonly runner: DeciderRunner;
  readonly store: EventStore;
  readonly dataKeys: DataKeys;
  readonly references: Pick<StoredReferences, 'read'>;
  readonly assets: Pick<EncryptedAssets, 'read'>;
}

/** Uploaded reference images, and the sources of clips, on their way to the worker that holds the job, and to no other. */
export class JobReferences {
  constructor(private readonly services: JobReferencesServices) {}

  /** @throws DomainFailure conflict with `reason` lease_lost or cancelled; not_found */
  async read(lease: LeaseRef, index: number): Promise<ReferenceContent> {
    const { runner, store, dataKeys, references, assets } = this.services;
    const standing = standingOf(await readJob(runner, lease.id), lease.fence);
    if (standing !== 'held') throw leaseNotHeld(lease, standing);
    const view = await loadGeneration(store, lease.id);
    const video = view?.parameters.video;
    // That it is the tenant's own was found out when the request was accepted.
    if (video) return (await assets.read(video.sourceAssetId)) ?? gone();
    const input = view && (await openInputs(dataKeys, [view])).get(view.id);
    const id = input?.references[index];
    const found = view && id && (await references.read(view.tenantId, id));
    return found || gone();
  }
}

function gone(): never {
  throw new DomainFailure(domainError('not_found', 'there is no such reference any more'));
}
