import type { PriceQuote } from '../pricing/price-book.js';
import type { DomainFact } from '../shared/decider.js';
import type { DomainErrorCode } from '../shared/domain-error.js';
import type { Allocation, Tokens } from '../shared/tokens.js';
import type { Deadlines } from './deadlines.js';

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
    readonly deadlines: Deadlines;
    /** The generation whose dead-lettered work this is done for once more; null for a request of the caller's own. */
    readonly redriveOf: string | null;
  }
>;

export type GenerationStarted = DomainFact<'GenerationStarted', { readonly attempt: number }>;

/** What somebody who looks at outputs said of one before it was stored. */
export interface OutputVerdict {
  readonly provider: string;
  readonly version: string;
  readonly outcome: 'allow' | 'review' | 'block';
  /** The provider's name of what it saw; null when it saw nothing to name. Never the rule. */
  readonly category: string | null;
  /** 0 to 1, of that category; null when the provider gives none. */
  readonly score: number | null;
  readonly latencyMs: number;
}

/** Kept beside its image, under the same key. */
export interface StoredThumbnail {
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** How a file says that an AI made it. */
export type ProvenanceMark = 'xmp' | 'c2pa';

export interface StoredImage {
  readonly index: number;
  readonly assetId: string;
  readonly dataKeyId: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Hex, of the file as it is handed out: marks included. */
  readonly sha256: string;
  /** Null when there is none: of an MP4, and of what was stored before there were any. */
  readonly thumbnail: StoredThumbnail | null;
  readonly marks: readonly ProvenanceMark[];
  /** Of everybody who looked; empty when nobody was there to look. */
  readonly verdicts: readonly OutputVerdict[];
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
    /** As for success: empty unless a rule of the operator charges for this failure. */
    readonly lots: readonly Allocation[];
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
