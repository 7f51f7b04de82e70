import type { ImageMediaType } from '@imprest/application';
import type { Raster } from '@imprest/visible-watermark';
import type { Sharp } from 'sharp';
import type { ImageTask, RenderControl } from './image-task.js';
import { paintPicture } from './paint-picture.js';
import { sharp } from './quiet-sharp.js';
import { decodeReferences } from './references.js';

/** Progress when the pixels are there and only have to be encoded. */
const PAINTED = 0.8;

/** One encoded image of exactly the size asked for. @throws BadReference, and what `checkpoint` throws */
export async function renderImage(
  task: ImageTask,
  { checkpoint, onProgress }: RenderControl,
): Promise<Uint8Array<ArrayBuffer>> {
  const references = await decodeReferences(task);
  const picture = paintPicture(task, references, {
    checkpoint,
    onProgress: (fraction) => onProgress(fraction * PAINTED),
  });
  checkpoint();
  onProgress(PAINTED);
  return encode(picture, task.mediaType);
}

/** Fast settings: a simulator's files are looked at, not archived. */
const ENCODERS: Readonly<Record<ImageMediaType, (image: Sharp) => Sharp>> = {
  'image/png': (image) => image.png({ compressionLevel: 3 }),
  'image/jpeg': (image) => image.jpeg({ quality: 90 }),
  'image/webp': (image) => image.webp({ quality: 88, effort: 1 }),
};

async function encode(
  { data, width, height }: Raster,
  mediaType: ImageMediaType,
): Promise<Uint8Array<ArrayBuffer>> {
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  const { data: bytes } = await ENCODERS[mediaType](image).toUint8Array();
  return bytes as Uint8Array<ArrayBuffer>;
}
