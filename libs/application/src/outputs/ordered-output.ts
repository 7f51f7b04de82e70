import { type GenerationParameters, presetPixels, validationError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import type { OutputMediaType } from '../ports/generation-provider.js';
import type { ModelEntry } from '../ports/model-catalogue.js';
import type { DecodedOutput, OutputHeader } from '../ports/output-decoder.js';

/** What the bytes are, by their header; undefined when they are neither a still image nor a clip. */
export type InspectOutput = (bytes: Uint8Array) => OutputHeader | undefined;

export interface OutputOrder {
  readonly index: number;
  readonly parameters: GenerationParameters;
  /** Public name of the model asked for. */
  readonly modelAlias: string;
  /** Undefined when it has left the catalogue. */
  readonly model: ModelEntry | undefined;
}

/** Part of a clip's duration by which it may differ: models make frames in steps of their own. */
const TOLERANCE = 0.25;
/** Of a clip whose model has left the catalogue, and with it its frame rate. */
const MOST_FRAMES_PER_SECOND = 60;

const refused = (field: string, rule: string) => new DomainFailure(validationError(field, rule));

function mediaTypesOf(model: ModelEntry | undefined): readonly OutputMediaType[] | undefined {
  return model?.kind === 'image' ? [model.mediaType] : model?.mediaTypes;
}

function isRequestedSize(parameters: GenerationParameters, output: OutputHeader): boolean {
  const { width, height, size } = parameters;
  if (width !== null && height !== null) return output.width === width && output.height === height;
  return (['square', 'landscape', 'portrait'] as const).some((shape) => {
    const pixels = presetPixels(size, shape);
    return pixels?.[0] === output.width && pixels[1] === output.height;
  });
}

/** @throws DomainFailure validation_error when an upload is not what was ordered */
export function demandOrdered(
  output: OutputHeader | undefined,
  { index, parameters, model }: OutputOrder,
): OutputHeader {
  if (!Number.isSafeInteger(index) || index < 0 || index >= parameters.images) {
    throw refused('index', `must be 0 to ${parameters.images - 1}`);
  }
  const isVideo = Boolean(parameters.video);
  if (output === undefined || output.moves !== isVideo) {
    const rule = isVideo ? 'an animated WebP or an MP4' : 'a still PNG, JPEG or WebP';
    throw refused('image', `must be ${rule}`);
  }
  const ordered = mediaTypesOf(model);
  if (ordered !== undefined && !ordered.includes(output.mediaType)) {
    throw refused('image', `must be ${ordered.join(' or ')}, as ordered`);
  }
  const { width, height } = output;
  if (!isRequestedSize(parameters, output)) {
    throw refused('image', `must have the size ordered, not ${width}x${height}`);
  }
  return output;
}

/** Frames that an output may have: 1, or those of the longest clip that is still what was ordered. */
export function mostFrames({ parameters, model }: OutputOrder): number {
  if (!parameters.video) return 1;
  const perSecond = model?.kind === 'video' ? model.framesPerSecond : MOST_FRAMES_PER_SECOND;
  return Math.ceil(parameters.video.durationSeconds * (1 + TOLERANCE) * perSecond);
}

/** @throws DomainFailure validation_error when a clip stands still, or is not as long as ordered */
export function demandOrderedClip(
  { frames, durationMs }: DecodedOutput,
  { parameters: { video } }: OutputOrder,
): void {
  if (!video) return;
  if (frames < 2) throw refused('image', 'must be a clip of two frames or more');
  const orderedMs = video.durationSeconds * 1_000;
  if (Math.abs(durationMs - orderedMs) > orderedMs * TOLERANCE) {
    throw refused('image', `must be as long as ordered, ${orderedMs} ms, not ${durationMs} ms`);
  }
}
