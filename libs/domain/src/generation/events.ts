import type { PriceQuote } from '../pricing/price-book.js';
import type { DomainFact } from '../shared/decider.js';
import type { DomainErrorCode } from '../shared/domain-error.js';
import type { Allocation, Tokens } from '../shared/tokens.js';

export type AspectRatio = 'auto' | 'square' | 'landscape' | 'portrait';

/** A clip that sets an image of an earlier generation in motion. */
export interface VideoParameters {
  readonly sourceGenerationId: string;
  /** Index of the image. */
  readonly sourceImage: number;
  readonly sourceAssetId: string;
  readonly durationSeconds: number;
}

/** What to render, without anything personal: prompt, references and e-mail are in `confidential`. */
export interface GenerationParameters {
  /** Exact pixels of one image; null when the first reference's shape decides (`aspectRatio` auto). */
  readonly width: number | null;
  readonly height: number | null;
  /** As asked for, normalised: `2K`, `4K` or `WxH`. */
  readonly size: string;
  readonly aspectRatio: AspectRatio;
  /** Images asked for; the most to make when `sequential`. */
  readonly images: number;
  readonly sequential: boolean;
  readonly seed: number;
  readonly watermark: boolean;
  readonly guidanceScale: number;
  readonly responseFormat: 'url' | 'b64_json';
  readonly referencesCount: number;
  /** Null when images are asked for. A clip counts as one image. */
  readonly video: VideoParameters | null;
}

export type GenerationRequested = DomainFact<
  'GenerationRequested',
  {
    readonly tenantId: string;
    readonly apiKeyId: string;
    readonly dialect: string;
    /** Pseudonym of the responsible end user within the tenant. */
    readonly endUserId: string;
    readonly parameters: GenerationParameters;
    readonly price: PriceQuote;
    /** Keyed hash of the normalised request: tells a repeat of an idempotency key from its misuse. Empty without a key. */
    readonly fingerprint: string;
    /** Prompt, references, e-mail and webhook URL as JSON, sealed with the data key. */
    readonly confidential: string;
    readonly dataKeyId: string;
    readonly webhook: boolean;
    /** Base of the absolute URLs in this generation's record. */
    readonly baseUrl: string;
  }
>;

export type GenerationStarted = DomainFact<'GenerationStarted', { readonly attempt: number }>;

export interface StoredImage {
  readonly index: number;
  readonly assetId: string;
  readonly dataKeyId: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly sha256: string;
}

export type ImageStored = DomainFact<'ImageStored', StoredImage>;

/** Rendered, but storage did not keep it: the image is not charged. */
export type ImageLost = DomainFact<'ImageLost', { readonly index: number }>;

export interface GenerationCost {
  readonly charged: Tokens;
  readonly refunded: Tokens;
}

export type GenerationSucceeded = DomainFact<
  'GenerationSucceeded',
  GenerationCost & {
    readonly images: number;
    /** Lots that pay what is charged, those drawn first; empty when nothing is, and when nobody said. */
    readonly lots: readonly Allocation[];
  }
>;

export type GenerationFailed = DomainFact<
  'GenerationFailed',
  GenerationCost & {
    readonly code: DomainErrorCode;
    readonly message: string;
    readonly retryable: boolean;
    /** Seconds after which a retry makes sense, null when unknown. */
    readonly retryAfter: number | null;
  }
>;

export type GenerationCancelled = DomainFact<
  'GenerationCancelled',
  GenerationCost & { readonly reason: string }
>;

/** Content and assets are gone for good; amounts stay. */
export type GenerationErased = DomainFact<'GenerationErased', { readonly reason: string }>;

export type GenerationEvent =
  | GenerationRequested
  | GenerationStarted
  | ImageStored
  | ImageLost
  | GenerationSucceeded
  | GenerationFailed
  | GenerationCancelled
  | GenerationErased;
