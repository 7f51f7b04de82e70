import { setTimeout } from 'node:timers/promises';
import {
  domainError,
  type StoredImage,
  type StoredThumbnail,
  validationError,
} from '@imprest/domain';
import type { AssetToStore, EncryptedAssets, StoredAsset } from '../confidential/index.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import { derivedId } from '../identifiers.js';
import { eraseImage, type OutputStage, thumbnailId } from '../outputs/index.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import type { OutputPicture } from '../ports/output-decoder.js';
import type { LeaseRef } from '../ports/work-queue.js';
import type { GenerationRequests } from './generation-requests.js';
import { leaseNotHeld, readJob, standingOf } from './job-standing.js';
import type { OrchestrationObserver } from './orchestration-observer.js';
import type { UploadReceipts } from './upload-receipts.js';

export interface JobOutputsServices {
  readonly runner: DeciderRunner;
  readonly requests: GenerationRequests;
  readonly catalogue: ModelCatalogue;
  readonly assets: EncryptedAssets;
  readonly dataKeys: DataKeys;
  readonly receipts: UploadReceipts;
  readonly stage: OutputStage;
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
   * Sends one image through the output stage, stores what comes out, and gives the receipt for it.
   * @throws DomainFailure conflict with `reason` lease_lost or cancelled; unavailable with `reason`
   * storage_failed when storage gave up on it; whatever OutputStage.prepare throws
   */
  async store(lease: LeaseRef, index: number, bytes: Uint8Array): Promise<string> {
    await this.demandHeld(lease);
    const { parameters, model: modelAlias } = await this.services.requests.get(lease.id);
    const model = this.services.catalogue.resolve(modelAlias);
    const assetId = this.assetId(lease, index);
    const order = { index, parameters, modelAlias, model };
    const prepared = await this.services.stage.prepare({ ...order, bytes, assetId });
    const { mediaType, width, height } = prepared.header;
    const { thumbnail, marks, verdicts } = prepared;
    const image = { assetId, bytes: prepared.bytes, mediaType };
    const { keyId: dataKeyId, sha256, size } = await this.replace(image, thumbnail);
    await this.demandStillHeld(lease, { assetId, dataKeyId });
    return this.services.receipts.give(lease, {
      ...{ index, assetId, dataKeyId, mediaType, width, height, bytes: size, sha256 },
      ...{ thumbnail: thumbnail && sizesOf(thumbnail), marks, verdicts },
    });
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
  async eraseAll(lease: LeaseRef): Promise<void> {
    const facts = await this.services.requests.find(lease.id);
    const images = facts?.parameters.images ?? 0;
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
  private async demandStillHeld(
    lease: LeaseRef,
    image: Pick<StoredImage, 'assetId' | 'dataKeyId'>,
  ): Promise<void> {
    const job = await readJob(this.services.runner, lease.id);
    const standing = standingOf(job, lease.fence);
    if (standing === 'held') return;
    const counted = job.status === 'succeeded' && job.fence === lease.fence;
    if (!counted) await eraseImage(this.services.assets, image);
    throw leaseNotHeld(lease, standing);
  }

  /** A repeated upload takes the place of the earlier one without a moment in which there is none. */
  private async replace(
    image: AssetToStore,
    thumbnail: OutputPicture | null,
  ): Promise<StoredAsset> {
    const earlier = await this.services.assets.find(image.assetId);
    const beside = thumbnail && { ...thumbnail, assetId: thumbnailId(image.assetId) };
    const stored = await this.put(beside === null ? [image] : [image, beside]);
    if (earlier !== undefined) await this.services.dataKeys.destroy([earlier.keyId]);
    return stored;
  }

  /** @returns the first of them */
  private async put(assets: readonly [AssetToStore, ...AssetToStore[]]): Promise<StoredAsset> {
    for (let tries = 0; ; tries += 1) {
      try {
        const [stored] = await this.services.assets.putTogether(assets);
        return stored as StoredAsset;
      } catch (error) {
        this.services.observer.troubled(`storing ${assets[0].assetId}`, error);
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
    if (asset === undefined) return;
    await eraseImage(this.services.assets, { assetId, dataKeyId: asset.keyId });
  }
}

function sizesOf({ bytes, mediaType, width, height }: OutputPicture): StoredThumbnail {
  return { mediaType, width, height, bytes: bytes.length };
}
