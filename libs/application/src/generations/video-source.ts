import { domainError, type SourceImage, validationError } from '@imprest/domain';
import type { EncryptedAssets } from '../confidential/index.js';
import { DomainFailure } from '../domain-failure.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import { type ConfidentialInput, openInputs } from './confidential-input.js';
import type { GenerationView } from './generation-view.js';
import { outputsExpireAt } from './image-expiry.js';
import { isGenerationId, loadGeneration } from './load-generation.js';

/** A clip of an image of an earlier generation of the same tenant. */
export interface VideoRequest {
  readonly sourceGenerationId: string;
  /** Index of its image; its first one when absent. */
  readonly sourceImage?: number;
  /** Whole seconds; the model's default when absent. */
  readonly durationSeconds?: number;
}

export interface VideoSource {
  readonly view: GenerationView;
  readonly image: SourceImage;
}

function notThere(generationId: string): DomainFailure {
  return new DomainFailure(domainError('not_found', `there is no generation ${generationId}`));
}

function gone(generationId: string): DomainFailure {
  const message = `the images of generation ${generationId} have expired`;
  return new DomainFailure(domainError('not_found', message));
}

/**
 * The image that a request for a video names, whether or not it is still there: a repeat of an accepted
 * request must stay one after its source has gone.
 * @throws DomainFailure not_found for a generation that the tenant does not have, conflict for one without
 * images, validation_error
 */
export async function findVideoSource(
  store: EventStore,
  tenantId: string,
  { sourceGenerationId, sourceImage }: VideoRequest,
): Promise<VideoSource> {
  const known = isGenerationId(sourceGenerationId);
  const view = known ? await loadGeneration(store, sourceGenerationId) : undefined;
  if (view === undefined || view.tenantId !== tenantId) throw notThere(sourceGenerationId);
  if (view.status !== 'succeeded') {
    const message = `generation ${view.id} has no image to set in motion: it is ${view.status}`;
    throw new DomainFailure(domainError('conflict', message));
  }
  if (view.parameters.video) {
    const rule = 'must name a generation of images, not of a video';
    throw new DomainFailure(validationError('sourceRequestId', rule));
  }
  const images = [...view.images].sort((one, other) => one.index - other.index);
  const image = sourceImage === undefined ? images[0] : images.find((i) => i.index === sourceImage);
  if (image === undefined) {
    const rule = `must be one of ${images.map(({ index }) => index).join(', ')}`;
    throw new DomainFailure(validationError('sourceImage', rule));
  }
  const { index, assetId, width, height } = image;
  return { view, image: { index, assetId, width, height } };
}

/**
 * What the image was asked for with: whoever judges the video has to know what it shows.
 * @throws DomainFailure not_found when the image was erased or has expired
 */
export async function livingSource(
  assets: Pick<EncryptedAssets, 'find'>,
  dataKeys: DataKeys,
  { view, image }: VideoSource,
  now: Date,
): Promise<ConfidentialInput> {
  if (view.erased) throw notThere(view.id);
  if (outputsExpireAt(view) <= now) throw gone(view.id);
  if ((await assets.find(image.assetId)) === undefined) throw gone(view.id);
  const input = (await openInputs(dataKeys, [view])).get(view.id);
  if (input === undefined) throw notThere(view.id);
  return input;
}
