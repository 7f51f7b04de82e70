import type { FailureClass } from '@imprest/domain';

export type { FailureClass };

export type ImageMediaType = 'image/png' | 'image/jpeg' | 'image/webp';

/** Of a clip; WebP is animated then. */
export type VideoMediaType = 'video/mp4' | 'image/webp';

export type OutputMediaType = ImageMediaType | VideoMediaType;

export interface ReferenceImage {
  readonly bytes: Uint8Array;
  readonly mediaType: ImageMediaType;
  readonly width: number;
  readonly height: number;
}

/** What makes somebody look the same in every picture: numbers that tell their provider alone something. */
export type IdentityEmbedding = readonly number[];

/** A clip that sets the first reference in motion. */
export interface ClipRequest {
  readonly durationSeconds: number;
  readonly framesPerSecond: number;
  /** What the clip may be, the preferred first: the first that the provider can make. */
  readonly mediaTypes: readonly VideoMediaType[];
}

export interface RenderRequest {
  readonly jobId: string;
  readonly attempt: number;
  /** The provider's own name of the model. */
  readonly model: string;
  readonly prompt: string;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  /** How many images to make; the most to make when `sequential`. */
  readonly images: number;
  /** A connected series that shares its subject; the provider decides how many, up to `images`. */
  readonly sequential: boolean;
  readonly guidanceScale: number;
  readonly watermark: boolean;
  /** Of still images. */
  readonly mediaType: ImageMediaType;
  readonly references: readonly ReferenceImage[];
  /** What no picture should have. */
  readonly negativePrompt?: string;
  /** Of whoever is shown, as this provider has made it. */
  readonly identity?: IdentityEmbedding;
  /** Makes one clip of `width` by `height` instead of still images. */
  readonly clip?: ClipRequest;
}

/** A still image, or a clip. */
export interface RenderedImage {
  /** From 0, below `images`. */
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly mediaType: OutputMediaType;
  readonly width: number;
  readonly height: number;
}

/** A look at an image or clip that is not finished: 512 pixels a side and 256 KiB at most. */
export interface RenderPreview {
  /** Of the image, from 0. */
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly mediaType: ImageMediaType;
  /** How far it is, where that is counted. */
  readonly at?: { readonly step: number; readonly of: number };
}

/** Takes previews at its own pace. */
export interface PreviewTaker {
  /** Whether one would be taken now. Ask before making one: mostly nobody looks. */
  readonly isOpen: boolean;
  /** Never throws, and nothing need wait for it; what is too much is passed over. */
  take(preview: RenderPreview): void;
}

export interface RenderContext {
  /** Aborted when the work was cancelled or its lease lost: stop and throw. */
  readonly signal: AbortSignal;
  /** 0 to 1. */
  onProgress(fraction: number): void;
  /** Called once for each finished image; await it for backpressure. */
  onImage(image: RenderedImage): Promise<void>;
  /** Absent where nobody may look. */
  readonly previews?: PreviewTaker;
  /** Called when the model had to be loaded for this request, with the time it took. */
  onModelLoaded?(ms: number): void;
  /** Called for each piece of the work whose server tells how long its GPU had to do with it, loading included. */
  onGpuTime?(ms: number): void;
}

/** What a provider knows of a call: `rendered` with every image handed over, `absent` when there is none. */
export type CallStanding = 'rendered' | 'absent' | 'unknown';

export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  constructor(
    readonly failureClass: FailureClass,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** What the server behind a provider says of itself. */
export interface ProviderStanding {
  /** Whether it takes work now. */
  readonly ready: boolean;
  /** In words for an operator. */
  readonly detail: string;
  /** By the provider's own names; empty when it does not tell. */
  readonly models: readonly { readonly name: string; readonly loaded: boolean }[];
}

/** Turns a request into images or a clip. Runs on the worker, next to the GPU. */
export interface GenerationProvider {
  readonly name: string;
  /** Resolves when every image was handed over. @throws ProviderError, `model` for a clip by who makes none */
  render(request: RenderRequest, context: RenderContext): Promise<void>;
  /**
   * Asks for an earlier call of the same job and attempt that failed as `unknown`, by the id that follows from
   * both, waits for its end and hands over its images as `render` does. Absent where a provider cannot be
   * asked. @throws ProviderError when the call has failed
   */
  lookup?(request: RenderRequest, context: RenderContext): Promise<CallStanding>;
  /**
   * The looks of somebody described in words; the same for the same words. Absent where models cannot be
   * conditioned on looks. @throws ProviderError
   */
  embedIdentity?(description: string): Promise<IdentityEmbedding>;
  /** Absent where there is no server that could be down. @throws ProviderError when it cannot be asked */
  standing?(signal: AbortSignal): Promise<ProviderStanding>;
  close(): Promise<void>;
}
