import { sharp } from '../rendering/quiet-sharp.js';

export interface FrameFormat {
  /** Pixels of a frame. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly framesPerSecond: number;
}

/**
 * Frames of 8-bit RGB, one after the other, as a clip that repeats. Frames in a row that look alike become one that
 * is shown for longer, and a clip of nothing else becomes a still.
 */
export async function animatedWebp(
  pixels: Uint8Array,
  { width, height, frames, framesPerSecond }: FrameFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  const raw = { width, height: height * frames, channels: 3, pageHeight: height } as const;
  const delay = Array<number>(frames).fill(Math.round(1_000 / framesPerSecond));
  const { data } = await sharp(pixels, { raw })
    .webp({ quality: 80, effort: 0, loop: 0, delay })
    .toUint8Array();
  return data as Uint8Array<ArrayBuffer>;
}
