import type { ImageModel, ModelCatalogue, ModelEntry, VideoModel } from '@imprest/application';
import { type ImageLimits, MIN_SIDE, type ModelPrice, type SizeClass } from '@imprest/domain';
import { pixelsOf, RESOLUTIONS, type Resolution, sizeClassOf } from './sizes.js';

/** What a model takes and what it costs, as callers are told and as requests are held against it. */
export interface Capabilities {
  readonly kind: 'image';
  /** `WxH` of every resolution in every aspect ratio. */
  readonly sizes: readonly string[];
  /** Bounds of any other `WxH`; null when only `sizes` are sold. */
  readonly custom_sizes: { readonly min_side: number; readonly max_pixels: number } | null;
  readonly aspect_ratios: readonly string[];
  readonly resolutions: readonly Resolution[];
  readonly max_n: number;
  readonly max_references: number;
  readonly max_prompt_characters: number;
  readonly seed: boolean;
  readonly multipart: boolean;
  readonly edits: boolean;
  readonly output_formats: readonly string[];
  readonly response_formats: readonly string[];
  readonly price: {
    readonly unit: 'token';
    readonly version: string;
    /** Tokens for one image, by resolution; `custom` is any other size. */
    readonly per_image: Readonly<Record<string, number>>;
    /** Tokens for one image, by resolution and quality, of a request of the uncensored dialect. */
    readonly by_resolution?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

/** The same of a model that sets an image of an earlier generation in motion. */
export interface VideoCapabilities {
  readonly kind: 'video';
  readonly min_seconds: number;
  readonly max_seconds: number;
  readonly default_seconds: number;
  /** Pixels. */
  readonly max_side: number;
  readonly frames_per_second: number;
  readonly max_prompt_characters: number;
  readonly seed: boolean;
  readonly output_formats: readonly string[];
  readonly price: { readonly unit: 'token'; readonly version: string } & (
    | { readonly per_clip: number }
    | { readonly per_second: number }
  );
}

export interface Model {
  readonly id: string;
  readonly object: 'model';
  /** Unknown: the catalogue has no history. */
  readonly created: 0;
  readonly owned_by: 'imprest';
  readonly capabilities: Capabilities | VideoCapabilities;
}

type Prices = Pick<ModelCatalogue, 'priceBook'>;

/** OpenAI's name of a media type. */
export function formatOf(mediaType: string): string {
  return mediaType.slice(mediaType.indexOf('/') + 1);
}

function byResolution({ perResolution }: Pick<ModelPrice, 'perResolution'>) {
  if (perResolution === undefined) return {};
  const prices = Object.entries(perResolution).map(
    ([name, { medium, high }]) => [name, { medium: Number(medium), high: Number(high) }] as const,
  );
  return { by_resolution: Object.fromEntries(prices) };
}

function sizesOf(resolution: Resolution, { aspectRatios, maxPixels }: ImageLimits) {
  return aspectRatios
    .map((ratio) => pixelsOf(resolution, ratio))
    .filter(([width, height]) => width * height <= maxPixels)
    .map((pixels) => pixels.join('x'));
}

export function capabilitiesOf(
  { alias, mediaType, limits }: ImageModel,
  { priceBook }: Prices,
): Capabilities {
  const price: ModelPrice = priceBook.models[alias] ?? { perImage: {} };
  const tokens = (sizeClass: SizeClass) => price.perImage[sizeClass];
  const resolutions = RESOLUTIONS.filter(
    (each) => tokens(sizeClassOf(each)) !== undefined && sizesOf(each, limits).length > 0,
  );
  const custom = tokens('custom');
  const perImage = [
    ...resolutions.map((each) => [each, tokens(sizeClassOf(each))] as const),
    ...(custom === undefined ? [] : [['custom', custom] as const]),
  ];
  return {
    kind: 'image',
    sizes: resolutions.flatMap((each) => sizesOf(each, limits)),
    custom_sizes:
      custom === undefined ? null : { min_side: MIN_SIDE, max_pixels: limits.maxPixels },
    aspect_ratios: limits.aspectRatios,
    resolutions,
    max_n: limits.maxImages,
    max_references: limits.maxReferences,
    max_prompt_characters: limits.maxPromptCharacters,
    seed: limits.seed,
    multipart: true,
    edits: true,
    output_formats: [formatOf(mediaType)],
    response_formats: ['url', 'b64_json'],
    price: {
      unit: 'token',
      version: priceBook.version,
      per_image: Object.fromEntries(perImage.map(([name, each]) => [name, Number(each)])),
      ...byResolution(price),
    },
  };
}

function videoCapabilitiesOf(model: VideoModel, { priceBook }: Prices): VideoCapabilities {
  const { alias, limits, mediaTypes, framesPerSecond } = model;
  const price = priceBook.clips?.[alias] ?? { perClip: 0n };
  return {
    kind: 'video',
    min_seconds: limits.minSeconds,
    max_seconds: limits.maxSeconds,
    default_seconds: limits.defaultSeconds,
    max_side: limits.maxSide,
    frames_per_second: framesPerSecond,
    max_prompt_characters: limits.maxPromptCharacters,
    seed: limits.seed,
    output_formats: mediaTypes.map(formatOf),
    price: {
      unit: 'token',
      version: priceBook.version,
      ...('perClip' in price
        ? { per_clip: Number(price.perClip) }
        : { per_second: Number(price.perSecond) }),
    },
  };
}

export function modelOf(entry: ModelEntry, prices: Prices): Model {
  return {
    id: entry.alias,
    object: 'model',
    created: 0,
    owned_by: 'imprest',
    capabilities:
      entry.kind === 'image' ? capabilitiesOf(entry, prices) : videoCapabilitiesOf(entry, prices),
  };
}
