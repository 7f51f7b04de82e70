import type { ImageMediaType, RenderPreview } from '@imprest/application';
import { sniffImage } from '@imprest/provenance-marking';
import sharp from 'sharp';
import { watermarked } from './fitted.js';

/** No server makes larger ones unless it is told to. */
const MOST_PIXELS = 1_024 * 1_024;

/** What a server shows of a picture under way, as it may be shown; undefined for what is no picture. */
export async function previewOf(
  bytes: Uint8Array,
  { watermark }: { readonly watermark: boolean },
): Promise<Pick<RenderPreview, 'bytes' | 'mediaType'> | undefined> {
  const mediaType: ImageMediaType | undefined = sniffImage(bytes)?.mediaType;
  if (mediaType === undefined || !watermark) return mediaType && { bytes, mediaType };
  const marked = await watermarked(sharp(bytes, { limitInputPixels: MOST_PIXELS }));
  return { bytes: await marked.jpeg().toBuffer(), mediaType: 'image/jpeg' };
}
