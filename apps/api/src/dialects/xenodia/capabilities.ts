import type { ModelCatalogue, ModelEntry } from '@imprest/application';
import { MAX_IMAGES, MAX_PIXELS, MAX_REFERENCES, MIN_SIDE, type SizeClass } from '@imprest/domain';
import { ASPECT_RATIOS, pixelsOf, RESOLUTIONS, type Resolution, sizeClassOf } from './sizes.js';

/** What a model takes and what it costs, as callers are told and as requests are held against it. */
export interface Capabilities {
  /** `WxH` of every resolution in every aspect ratio. */
  readonly sizes: readonly string[];
  /** Bounds of any other `WxH`; null when only `sizes` are sold. */
  readonly custom_sizes: { readonly min_side: number; readonly max_pixels: number } | null;
  readonly aspect_ratios: readonly string[];
  readonly resolutions: readonly Resolution[];
  readonly max_n: number;
  readonly max_references: number;
  readonly multipart: boolean;
  readonly edits: boolean;
  readonly output_formats: readonly string[];
  readonly response_formats: readonly string[];
  readonly price: {
    readonly unit: 'token';
    readonly version: string;
    /** Tokens for one image, by resolution; `custom` is any other size. */
    readonly per_image: Readonly<Record<string, number>>;
  };
}

export interface Model {
  readonly id: string;
  readonly object: 'model';
  /** Unknown: the catalogue has no history. */
  readonly created: 0;
  readonly owned_by: 'imprest';
  readonly capabilities: Capabilities;
}

/** OpenAI's name of a media type. */
export function formatOf(mediaType: ModelEntry['mediaType']): string {
  return mediaType.slice('image/'.length);
}

export function capabilitiesOf(
  { alias, mediaType }: ModelEntry,
  { priceBook }: Pick<ModelCatalogue, 'priceBook'>,
): Capabilities {
  const prices = priceBook.models[alias]?.perImage ?? {};
  const tokens = (sizeClass: SizeClass) => prices[sizeClass];
  const resolutions = RESOLUTIONS.filter((each) => tokens(sizeClassOf(each)) !== undefined);
  const sizes = resolutions.flatMap((each) =>
    ASPECT_RATIOS.map((ratio) => pixelsOf(each, ratio).join('x')),
  );
  const custom = tokens('custom');
  const perImage = [
    ...resolutions.map((each) => [each, tokens(sizeClassOf(each))] as const),
    ...(custom === undefined ? [] : [['custom', custom] as const]),
  ];
  return {
    sizes,
    custom_sizes: custom === undefined ? null : { min_side: MIN_SIDE, max_pixels: MAX_PIXELS },
    aspect_ratios: ASPECT_RATIOS,
    resolutions,
    max_n: MAX_IMAGES,
    max_references: MAX_REFERENCES,
    multipart: true,
    edits: true,
    output_formats: [formatOf(mediaType)],
    response_formats: ['url', 'b64_json'],
    price: {
      unit: 'token',
      version: priceBook.version,
      per_image: Object.fromEntries(perImage.map(([name, price]) => [name, Number(price)])),
    },
  };
}

export function modelOf(entry: ModelEntry, catalogue: ModelCatalogue): Model {
  return {
    id: entry.alias,
    object: 'model',
    created: 0,
    owned_by: 'imprest',
    capabilities: capabilitiesOf(entry, catalogue),
  };
}
