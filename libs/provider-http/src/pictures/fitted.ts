import { type ImageMediaType, ProviderError } from '@imprest/application';
import { sniffImage } from '@imprest/provenance-marking';
import { drawWatermark } from '@imprest/visible-watermark';
import sharp, { type Sharp } from 'sharp';
import type { PictureSize } from './picture-size.js';

export interface PictureOrder extends PictureSize {
  readonly mediaType: ImageMediaType;
  /** A mark in the corner that shows. */
  readonly watermark: boolean;
}

const FORMATS = { 'image/png': 'png', 'image/jpeg': 'jpeg', 'image/webp': 'webp' } as const;
const QUALITY = { 'image/png': {}, 'image/jpeg': { quality: 92 }, 'image/webp': { quality: 92 } };

/**
 * The picture as it was ordered: another type than the model makes is encoded anew, and the margin of a size in multiples is
 * cut off evenly, and a watermark that was ordered is drawn. A picture that fits already keeps its very bytes.
 * @param made the size the model was asked for
 * @throws ProviderError of class `model` for what is no picture of that size
 */
export async function fitted(
  bytes: Uint8Array,
  order: PictureOrder,
  made: PictureSize,
): Promise<Uint8Array> {
  const found = sniffImage(bytes);
  if (found === undefined) {
    throw new ProviderError('model', 'the model made no PNG, JPEG or WebP image');
  }
  if (found.width !== made.width || found.height !== made.height) {
    const sizes = `${found.width}x${found.height} instead of ${made.width}x${made.height}`;
    throw new ProviderError('model', `the model made ${sizes} pixels`);
  }
  const { width, height, mediaType, watermark } = order;
  const isSize = found.width === width && found.height === height;
  if (isSize && found.mediaType === mediaType && !watermark) return bytes;
  const left = Math.floor((made.width - width) / 2);
  const top = Math.floor((made.height - height) / 2);
  try {
    const picture = sharp(bytes, { limitInputPixels: made.width * made.height });
    const part = picture.extract({ left, top, width, height });
    const marked = watermark ? await watermarked(part) : part;
    return await marked.toFormat(FORMATS[mediaType], QUALITY[mediaType]).toBuffer();
  } catch (cause) {
    throw new ProviderError('model', 'the model made an image that cannot be decoded', { cause });
  }
}

/** The picture with a mark in the corner that shows. */
export async function watermarked(picture: Sharp): Promise<Sharp> {
  const opaque = picture.flatten().toColourspace('srgb');
  const { data, info } = await opaque.raw().toBuffer({ resolveWithObject: true });
  drawWatermark({ data, width: info.width, height: info.height });
  return sharp(data, { raw: info });
}
