import type { OutputMediaType } from '@imprest/application';
import { jpegWithXmp, jpegXmp } from './jpeg.js';
import { mp4WithXmp, mp4Xmp } from './mp4.js';
import { pngWithXmp, pngXmp } from './png.js';
import { readHeader } from './sniff-image.js';
import { UnreadableImage } from './unreadable-image.js';
import { webpWithXmp, webpXmp } from './webp.js';
import { type AiFacts, xmpPacket } from './xmp-packet.js';

export type { AiFacts } from './xmp-packet.js';

const CONTAINERS: Readonly<
  Record<
    OutputMediaType,
    {
      insert(bytes: Uint8Array, packet: Uint8Array): Uint8Array;
      read(bytes: Uint8Array): string | undefined;
    }
  >
> = {
  'image/png': { insert: pngWithXmp, read: pngXmp },
  'image/jpeg': { insert: jpegWithXmp, read: jpegXmp },
  'image/webp': { insert: webpWithXmp, read: webpXmp },
  'video/mp4': { insert: mp4WithXmp, read: mp4Xmp },
};

/**
 * The same image or clip, bit for bit in its pixels, with an XMP packet that says it was made by an AI.
 * An XMP packet already there is replaced.
 *
 * @throws UnreadableImage when the bytes are not of that media type
 * @throws RangeError when a text in `facts` is over 512 characters
 */
export function markAiGenerated(
  bytes: Uint8Array,
  mediaType: OutputMediaType,
  facts: AiFacts,
): Uint8Array {
  const packet = xmpPacket(facts);
  requireMediaType(bytes, mediaType);
  return CONTAINERS[mediaType].insert(bytes, packet);
}

/** The XMP packet as XML, undefined when there is none. @throws UnreadableImage */
export function readXmp(bytes: Uint8Array, mediaType: OutputMediaType): string | undefined {
  requireMediaType(bytes, mediaType);
  return CONTAINERS[mediaType].read(bytes);
}

function requireMediaType(bytes: Uint8Array, declared: OutputMediaType): void {
  const found = readHeader(bytes).mediaType;
  if (found !== declared) throw new UnreadableImage(`declared as ${declared}, but is ${found}`);
}
