import { printSide, type ReferencePicture } from '../overlay/reference-prints.js';
import { BadReference, type ImageTask } from './image-task.js';
import { sharp } from './quiet-sharp.js';

const MOST_PIXELS = 64_000_000;
const MENTION = /\bimage_(\d{1,2})\b/gi;

/** Decodes the references to the size of their prints. @throws BadReference */
export async function decodeReferences(task: ImageTask): Promise<ReferencePicture[]> {
  const mentioned = new Set(
    Array.from(task.prompt.matchAll(MENTION), ([, number]) => Number(number)),
  );
  const side = printSide(task.width, task.height, task.references.length);
  const pictures: ReferencePicture[] = [];
  for (const [index, bytes] of task.references.entries()) {
    const { data, info } = await decode(bytes, side, index + 1);
    pictures.push({
      data,
      width: info.width,
      height: info.height,
      caption: mentioned.has(index + 1) ? `IMAGE_${index + 1}` : undefined,
    });
  }
  return pictures;
}

async function decode(bytes: Uint8Array, side: number, number: number) {
  try {
    return await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize(side, side, { fit: 'inside' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
  } catch (cause) {
    throw new BadReference(`reference image_${number} cannot be decoded`, { cause });
  }
}
