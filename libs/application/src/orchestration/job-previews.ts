import { validationError } from '@imprest/domain';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import { OutputWithheld, type PreviewStage } from '../outputs/index.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { PreviewRate, PreviewStore } from '../ports/preview-store.js';
import type { LeaseRef } from '../ports/work-queue.js';
import { sealPreview } from '../previews/index.js';
import type { GenerationRequests, RequestFacts } from './generation-requests.js';
import { leaseNotHeld, readJob, standingOf } from './job-standing.js';
import type { OrchestrationObserver } from './orchestration-observer.js';

export interface JobPreviewsServices {
  readonly runner: DeciderRunner;
  readonly requests: GenerationRequests;
  readonly dataKeys: Pick<DataKeys, 'open'>;
  readonly previews: Pick<PreviewStore, 'admit' | 'put' | 'withhold'>;
  readonly previewStage: PreviewStage;
  readonly observer: Pick<OrchestrationObserver, 'troubled'>;
}

/** A look at an image that its worker is at. */
export interface WorkerPreview {
  /** Of the image, from 0. */
  readonly index: number;
  readonly step: number | null;
  readonly steps: number | null;
  readonly bytes: Uint8Array;
}

export interface PreviewAnswer {
  /** Whether it can be seen. */
  readonly taken: boolean;
  /** How long to wait before the next one. */
  readonly pauseMs: number;
}

const RATE: PreviewRate = { everyMs: 1_000, most: 1_000 };
/** Until somebody watches, perhaps. */
const NOT_NOW: PreviewAnswer = { taken: false, pauseMs: 2_000 };
const TAKEN: PreviewAnswer = { taken: true, pauseMs: RATE.everyMs };
/** Longer than any job takes. */
const NEVER: PreviewAnswer = { taken: false, pauseMs: 3_600_000 };

/** Previews on their way from a worker to whoever watches. Fleeting: they change nothing about the job, and none is charged. */
export class JobPreviews {
  constructor(private readonly services: JobPreviewsServices) {}

  /**
   * @throws DomainFailure conflict with `reason` lease_lost or cancelled; validation_error for what is no preview of the job
   */
  async show(lease: LeaseRef, preview: WorkerPreview): Promise<PreviewAnswer> {
    const { requests, previews, previewStage } = this.services;
    await this.demandHeld(lease);
    const facts = await requests.get(lease.id);
    const { images, video } = facts.parameters;
    if (preview.index >= images) {
      throw new DomainFailure(validationError('index', `must be 0 to ${images - 1}`));
    }
    // A clip that cannot be looked into is withheld, and one picture of it would be as telling.
    if (!previewStage.isOpen || video) return NEVER;
    if (!(await previews.admit(lease.id, RATE))) return NOT_NOW;
    try {
      return await this.keep(lease, preview, facts);
    } catch (error) {
      if (!(error instanceof OutputWithheld)) throw error;
      await previews.withhold(lease.id);
      return NEVER;
    }
  }

  private async keep(
    lease: LeaseRef,
    { index, step, steps, bytes }: WorkerPreview,
    { model, parameters, dataKeyId }: RequestFacts,
  ): Promise<PreviewAnswer> {
    const { previews, previewStage, dataKeys } = this.services;
    const { id: generationId, fence } = lease;
    const compositeWithReferences = parameters.referencesCount > 0;
    const assetId = `${generationId}/previews/${index}`;
    const picture = await this.unlessUnjudged(
      previewStage.prepare(bytes, { model, assetId, compositeWithReferences }),
    );
    const key = (await dataKeys.open([dataKeyId])).get(dataKeyId);
    // Judging took its time.
    await this.demandHeld(lease);
    if (picture === undefined || key === undefined) return NOT_NOW;
    const place = { generationId, index, fence };
    const sealed = sealPreview(key, picture.bytes, place);
    const { width, height } = picture;
    await previews.put({ ...place, step, steps, width, height, dataKeyId, sealed });
    return TAKEN;
  }

  /** A moderator that does not answer costs a preview, never the work. */
  private async unlessUnjudged<T>(preparing: Promise<T>): Promise<T | undefined> {
    try {
      return await preparing;
    } catch (error) {
      if (!(error instanceof DomainFailure) || error.error.code !== 'unavailable') throw error;
      this.services.observer.troubled('judging a preview', error.cause ?? error);
      return undefined;
    }
  }

  private async demandHeld(lease: LeaseRef): Promise<void> {
    const standing = standingOf(await readJob(this.services.runner, lease.id), lease.fence);
    if (standing !== 'held') throw leaseNotHeld(lease, standing);
  }
}
