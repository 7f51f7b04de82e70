import { setTimeout } from 'node:timers/promises';
import { domainError, type StoredImage, validationError } from '@imprest/domain';
import type { EncryptedAssets, StoredAsset } from '../confidential/index.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import { derivedId } from '../identifiers.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import type { LeaseRef } from '../ports/work-queue.js';
import type { GenerationRequests, RequestFacts } from './generation-requests.js';
import { leaseNotHeld, readJob, standingOf } from './job-standing.js';
import type { OrchestrationObserver } from './orchestration-observer.js';
import { demandOrdered, type InspectOutput } from './ordered-output.js';
import type { UploadReceipts } from './upload-receipts.js';

export interface JobOutputsServices {
  readonly runner: DeciderRunner;
  readonly requests: GenerationRequests;
  readonly catalogue: ModelCatalogue;
  readonly assets: EncryptedAssets;
  readonly dataKeys: DataKeys;
  readonly receipts: UploadReceipts;
  readonly inspect: InspectOutput;
  readonly observer: OrchestrationObserver;
}

/** What is left of a worker's uploads when its result is about to count. */
export interface ConfirmedOutputs {
  readonly stored: readonly StoredImage[];
  /** Indexes whose image is not, or not any more, what the receipt says. */
  readonly lost: readonly number[];
}

const PUT_DELAYS_MS = [100, 400];

function storageFailed(cause: unknown): DomainFailure {
  const message = 'the image could not be stored: report its index as lost';
  const failure = new DomainFailure(
    domainError('unavailable', message, { details: { reason: 'storage_failed' } }),
  );
  failure.cause = cause;
  return failure;
}

/**
 * Images on their way from a worker into the asset store. Their ids follow from job, lease and index: a
 * repeated upload replaces, and whatever a lost lease has left behind can be found and erased.
 */
export class JobOutputs {
  constructor(private readonly services: JobOutputsServices) {}

  /**
   * Stores one image and gives the receipt for it.
   * @throws DomainFailure conflict with `reason` lease_lost or cancelled; validation_error when the image
   * is not what was ordered; unavailable with `reason` storage_failed when storage gave up on it
   */
  async store(lease: LeaseRef, index: number, bytes: Uint8Array): Promise<string> {
    await this.demandHeld(lease);
    const facts = await this.services.requests.get(lease.id);
    const image = this.inspected(facts, index, bytes);
    const assetId = this.assetId(lease, index);
    const { keyId, sha256, size } = await this.replace(assetId, bytes, image.mediaType);
    await this.demandStillHeld(lease, assetId, keyId);
    const stored = { index, assetId, dataKeyId: keyId, ...image, bytes: size, sha256 };
    return this.services.receipts.give(lease, stored);
  }

  /**
   * Only what the store holds under the receipt's own key counts, so that nothing is charged that cannot
   * be delivered. @throws DomainFailure validation_error for a receipt that no upload of this lease gave
   */
  async confirm(lease: LeaseRef, receipts: readonly string[]): Promise<ConfirmedOutputs> {
    const images = new Map<number, StoredImage>();
    for (const [at, receipt] of receipts.entries()) {
      const image = this.services.receipts.open(receipt, lease);
      if (image === undefined) {
        const rule = 'must be what an upload of this lease was answered with';
        throw new DomainFailure(validationError(`receipts[${at}]`, rule));
      }
      images.set(image.index, image);
    }
    const found = await Promise.all([...images.values()].map((image) => this.isAsStored(image)));
    const claimed = [...images.values()];
    return {
      stored: claimed.filter((_, at) => found[at]),
      lost: claimed.filter((_, at) => !found[at]).map(({ index }) => index),
    };
  }

  /** Whatever the lease has uploaded. Housekeeping finds what this could not erase. */
  async eraseAll(lease: LeaseRef, images: number): Promise<void> {
    for (let index = 0; index < images; index += 1) {
      try {
        await this.eraseOne(this.assetId(lease, index));
      } catch (error) {
        this.services.observer.troubled(
          `image ${index} of a lost lease could not be erased`,
          error,
        );
      }
    }
  }

  private assetId({ id, fence }: LeaseRef, index: number): string {
    return derivedId('img', id, String(fence), String(index));
  }

  private async demandHeld(lease: LeaseRef): Promise<void> {
    const standing = standingOf(await readJob(this.services.runner, lease.id), lease.fence);
    if (standing !== 'held') throw leaseNotHeld(lease, standing);
  }

  /** Storing took its time. What came too late goes again, unless it repeats an upload that has counted. */
  private async demandStillHeld(lease: LeaseRef, assetId: string, keyId: string): Promise<void> {
    const job = await readJob(this.services.runner, lease.id);
    const standing = standingOf(job, lease.fence);
    if (standing === 'held') return;
    const counted = job.status === 'succeeded' && job.fence === lease.fence;
    if (!counted) await this.services.assets.erase(assetId, keyId);
    throw leaseNotHeld(lease, standing);
  }

  private inspected({ parameters, model }: RequestFacts, index: number, bytes: Uint8Array) {
    const ordered = this.services.catalogue.resolve(model);
    return demandOrdered(this.services.inspect(bytes), { index, parameters, model: ordered });
  }

  /** A repeated upload takes the place of the earlier one without a moment in which there is none. */
  private async replace(
    assetId: string,
    bytes: Uint8Array,
    mediaType: string,
  ): Promise<StoredAsset> {
    const earlier = await this.services.assets.find(assetId);
    const stored = await this.put(assetId, bytes, mediaType);
    if (earlier !== undefined) await this.services.dataKeys.destroy([earlier.keyId]);
    return stored;
  }

  private async put(assetId: string, bytes: Uint8Array, mediaType: string): Promise<StoredAsset> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.services.assets.put(assetId, bytes, mediaType);
      } catch (error) {
        this.services.observer.troubled(`storing ${assetId}`, error);
        const delayMs = PUT_DELAYS_MS[tries];
        if (delayMs === undefined) throw storageFailed(error);
        await setTimeout(delayMs);
      }
    }
  }

  private async isAsStored(image: StoredImage): Promise<boolean> {
    const asset = await this.services.assets.find(image.assetId);
    if (asset?.keyId === image.dataKeyId && asset.size === image.bytes) return true;
    await this.eraseOne(image.assetId);
    return false;
  }

  private async eraseOne(assetId: string): Promise<void> {
    const asset = await this.services.assets.find(assetId);
    if (asset !== undefined) await this.services.assets.erase(assetId, asset.keyId);
  }
}
