import type { ImageMediaType } from '@imprest/application';
import { isJpeg, jpegSize } from './jpeg.js';
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

/**
 * What the bytes are, by magic bytes and headers, never by a name or a declared type. Undefined for
 * everything but still PNG, JPEG and WebP: SVG, GIF, APNG, animated WebP, and sizes past the bounds.
 * Never throws; nothing is decoded.
 */
export function sniffImage(bytes: Uint8Array): SniffedImage | undefined {
  try {
    return readHeader(bytes);
  } catch (error) {
    if (error instanceof UnreadableImage) return undefined;
    throw error;
  }
}

/** @throws UnreadableImage with the rule that was broken */
export function readHeader(bytes: Uint8Array): SniffedImage {
  const mediaType = mediaTypeOf(bytes);
  const size = SIZE_READERS[mediaType](bytes);
  const { width, height } = size;
  if (width < 1 || height < 1) throw new UnreadableImage('the image has no pixels');
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_IMAGE_PIXELS) {
    throw new UnreadableImage(`an image of ${width}x${height} pixels is too large to read`);
  }
  return { mediaType, width, height };
}

const SIZE_READERS: Readonly<
  Record<ImageMediaType, (bytes: Uint8Array) => { width: number; height: number }>
> = { 'image/png': pngSize, 'image/jpeg': jpegSize, 'image/webp': webpSize };

function mediaTypeOf(bytes: Uint8Array): ImageMediaType {
  if (isPng(bytes)) return 'image/png';
  if (isJpeg(bytes)) return 'image/jpeg';
  if (isWebp(bytes)) return 'image/webp';
  throw new UnreadableImage('the file is neither PNG nor JPEG nor WebP');
}
