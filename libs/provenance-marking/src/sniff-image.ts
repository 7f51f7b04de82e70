import type { ImageMediaType, OutputMediaType } from '@imprest/application';
import { isJpeg, jpegSize } from './jpeg.js';
import { isMp4, mp4Size } from './mp4.js';
import { isPng, pngSize } from './png.js';
import { UnreadableImage } from './unreadable-image.js';
import { isWebp, webpSize } from './webp.js';

export interface SniffedImage {
  readonly mediaType: ImageMediaType;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/** Above this a file is taken for a decompression bomb. */
export const MAX_IMAGE_PIXELS = 268_402_689;
const MAX_SIDE = 65_535;

/** A still image or a clip: an animated WebP, or an MP4. */
export interface SniffedOutput {
  readonly mediaType: OutputMediaType;
  readonly moves: boolean;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/**
 * What the bytes are, by magic bytes and headers, never by a name or a declared type. Undefined for
 * everything but still PNG, JPEG and WebP: SVG, GIF, APNG, animated WebP, and sizes past the bounds.
 * Never throws; nothing is decoded.
 */
export function sniffImage(bytes: Uint8Array): SniffedImage | undefined {
  const found = sniffOutput(bytes);
  if (found === undefined || found.moves || found.mediaType === 'video/mp4') return undefined;
  const { mediaType, width, height } = found;
  return { mediaType, width, height };
}

/** The same for what a provider makes, clips included. Never throws; nothing is decoded. */
export function sniffOutput(bytes: Uint8Array): SniffedOutput | undefined {
  try {
    return readHeader(bytes);
  } catch (error) {
    if (error instanceof UnreadableImage) return undefined;
    throw error;
  }
}

/** @throws UnreadableImage with the rule that was broken */
export function readHeader(bytes: Uint8Array): SniffedOutput {
  const mediaType = mediaTypeOf(bytes);
  const { width, height, moves = mediaType === 'video/mp4' } = SIZE_READERS[mediaType](bytes);
  if (width < 1 || height < 1) throw new UnreadableImage('the image has no pixels');
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_IMAGE_PIXELS) {
    throw new UnreadableImage(`an image of ${width}x${height} pixels is too large to read`);
  }
  return { mediaType, moves, width, height };
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly moves?: boolean;
}

const SIZE_READERS: Readonly<Record<OutputMediaType, (bytes: Uint8Array) => Size>> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
  'video/mp4': mp4Size,
};

function mediaTypeOf(bytes: Uint8Array): OutputMediaType {
  if (isPng(bytes)) return 'image/png';
  if (isJpeg(bytes)) return 'image/jpeg';
  if (isWebp(bytes)) return 'image/webp';
  if (isMp4(bytes)) return 'video/mp4';
  throw new UnreadableImage('the file is neither PNG nor JPEG nor WebP nor MP4');
}
