import { type GenerationParameters, presetPixels, validationError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import type { OutputMediaType } from '../ports/generation-provider.js';
import type { ModelEntry } from '../ports/model-catalogue.js';

export interface InspectedOutput {
  readonly mediaType: OutputMediaType;
  /** Whether it moves: an animated WebP or a video. */
  readonly moves: boolean;
  readonly width: number;
  readonly height: number;
}

/** What the bytes are, by their header; undefined when they are neither a still image nor a clip. */
export type InspectOutput = (bytes: Uint8Array) => InspectedOutput | undefined;

interface Order {
  readonly index: number;
  readonly parameters: GenerationParameters;
  /** Undefined when it has left the catalogue. */
  readonly model: ModelEntry | undefined;
}

const refused = (field: string, rule: string) => new DomainFailure(validationError(field, rule));

function mediaTypesOf(model: ModelEntry | undefined): readonly OutputMediaType[] | undefined {
  return model?.kind === 'image' ? [model.mediaType] : model?.mediaTypes;
}

function isRequestedSize(parameters: GenerationParameters, output: InspectedOutput): boolean {
  const { width, height, size } = parameters;
  if (width !== null && height !== null) return output.width === width && output.height === height;
  return (['square', 'landscape', 'portrait'] as const).some((shape) => {
    const pixels = presetPixels(size, shape);
    return pixels?.[0] === output.width && pixels[1] === output.height;
  });
}

/** @throws DomainFailure validation_error when an upload is not what was ordered */
export function demandOrdered(
  output: InspectedOutput | undefined,
  { index, parameters, model }: Order,
): Omit<InspectedOutput, 'moves'> {
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
  const { mediaType, width, height } = output;
  if (!isRequestedSize(parameters, output)) {
    throw refused('image', `must have the size ordered, not ${width}x${height}`);
  }
  return { mediaType, width, height };
}
