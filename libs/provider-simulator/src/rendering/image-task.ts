import type { IdentityEmbedding, ImageMediaType } from '@imprest/application';

/** All that decides the pixels of one image. Plain data: it crosses into a worker thread. */
export interface ImageTask {
  readonly model: string;
  readonly prompt: string;
  /** Who is shown, in the numbers of `identity/`. */
  readonly identity?: IdentityEmbedding;
  readonly seed: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Place within a connected series, from 0; 0 as well when there is none. */
  readonly frame: number;
  readonly guidanceScale: number;
  readonly watermark: boolean;
  readonly mediaType: ImageMediaType;
  /** Encoded images, at most 10. */
  readonly references: readonly Uint8Array[];
}

export interface RenderControl {
  /** Throws when the image is no longer wanted; called every few milliseconds. */
  readonly checkpoint: () => void;
  /** 0 to 1, growing. */
  readonly onProgress: (fraction: number) => void;
}

/** A reference image that cannot be decoded: the user's fault, unlike everything else here. */
export class BadReference extends Error {
  override readonly name = 'BadReference';
}
