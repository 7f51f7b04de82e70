import type { ImageMediaType } from '@imprest/application';
import { jpegWithXmp, jpegXmp } from './jpeg.js';
import { pngWithXmp, pngXmp } from './png.js';
import { readHeader } from './sniff-image.js';
import { UnreadableImage } from './unreadable-image.js';
import { webpWithXmp, webpXmp } from './webp.js';
import { type AiFacts, xmpPacket } from './xmp-packet.js';

export type { AiFacts } from './xmp-packet.js';

const CONTAINERS: Readonly<
  Record<
    ImageMediaType,
    {
      insert(bytes: Uint8Array, packet: Uint8Array): Uint8Array;
      read(bytes: Uint8Array): string | undefined;
    }
  >
> = {
  'image/png': { insert: pngWithXmp, read: pngXmp },
  'image/jpeg': { insert: jpegWithXmp, read: jpegXmp },
  'image/webp': { insert: webpWithXmp, read: webpXmp },
};

/**
 * The same image, bit for bit in its pixels, with an XMP packet that says it was made by an AI.
 * An XMP packet already there is replaced.
 *
 * @throws UnreadableImage when the bytes are no still image of that media type
 * @throws RangeError when a text in `facts` is over 512 characters
 */
export function markAiGenerated(
  bytes: Uint8Array,
  mediaType: ImageMediaType,
  facts: AiFacts,
): Uint8Array {
  const packet = xmpPacket(facts);
  requireMediaType(bytes, mediaType);
  return CONTAINERS[mediaType].insert(bytes, packet);
}

/** The XMP packet as XML, undefined when there is none. @throws UnreadableImage */
export function readXmp(bytes: Uint8Array, mediaType: ImageMediaType): string | undefined {
  requireMediaType(bytes, mediaType);
  return CONTAINERS[mediaType].read(bytes);
}

function requireMediaType(bytes: Uint8Array, declared: ImageMediaType): void {
  const found = readHeader(bytes).mediaType;
  if (found !== declared) throw new UnreadableImage(`declared as ${declared}, but is ${found}`);
}
