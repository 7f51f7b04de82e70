import type { DeadlineDefaults, ImageLimits, PriceBook, VideoLimits } from '@imprest/domain';
import type { ImageMediaType, VideoMediaType } from './generation-provider.js';

export type ModelKind = 'image' | 'video';

/** How a model is placed on workers. */
export interface ModelPlacement {
  /** Memory of a GPU that it takes while it is loaded; not known when absent. */
  readonly vramBytes?: number;
  /** Slots of a worker that one job of it takes; 1 when absent. */
  readonly slotCost?: number;
  /** Workers that are to keep it loaded; none when absent. */
  readonly warmFloor?: number;
  /** GPU time that a worker keeps it for before it swaps it out; four times `loadSeconds` when absent. */
  readonly holdSeconds?: number;
  /** How long it takes to load; not known when absent. */
  readonly loadSeconds?: number;
}

/** What any model has, whatever it makes. */
interface Model extends ModelPlacement {
  /** Public name. */
  readonly alias: string;
  /** Provider that renders it and the provider's own name of the model. */
  readonly provider: string;
  readonly providerModel: string;
  /** False when switched off: new requests are refused, accepted ones still end as they would have. */
  readonly enabled: boolean;
  /** Names of the dialects that show and sell it; all when absent. */
  readonly dialects?: readonly string[];
  /** What goes before the usual deadlines of work. */
  readonly deadlines?: Partial<DeadlineDefaults>;
  /** Passed on to the moderator, which may judge by it. */
  readonly moderation: string;
  /** First guess at what a megapixel, or a second of clip, takes of a GPU, in milliseconds; none when absent. */
  readonly gpuMsForUnit?: number;
}

export interface ImageModel extends Model {
  readonly kind: 'image';
  readonly mediaType: ImageMediaType;
  /** Whether a character's looks condition its pictures, beside the words of the prompt. */
  readonly identity?: boolean;
  readonly limits: ImageLimits;
}

export interface VideoModel extends Model {
  readonly kind: 'video';
  /** Of a clip, the preferred first: a provider makes the first it can. */
  readonly mediaTypes: readonly VideoMediaType[];
  readonly framesPerSecond: number;
  readonly limits: VideoLimits;
}

export type ModelEntry = ImageModel | VideoModel;

/** What is sold, and for how much: data of the operator. It may change between two calls. */
export interface ModelCatalogue {
  /** The operator's default when no alias is given; undefined for an unknown alias. */
  resolve(alias?: string): ModelEntry | undefined;
  readonly aliases: readonly string[];
  /** What a request for a video gets that names no model; none when absent. */
  readonly defaultVideo?: string;
  readonly priceBook: PriceBook;
}
