/** All that decides the frames of one clip. Plain data: it crosses into a worker thread. */
export interface ClipTask {
  readonly kind: 'clip';
  readonly prompt: string;
  readonly seed: number;
  /** Pixels of a frame. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly framesPerSecond: number;
  readonly watermark: boolean;
  /** The encoded image that is set in motion. */
  readonly source: Uint8Array;
  /** `frames` is 8-bit RGB, one frame after the other, for an encoder outside. */
  readonly encoding: 'webp' | 'frames';
}
