import type { OutputMediaType } from '@imprest/application';
import { jpegWithoutNotes } from './jpeg.js';
import { mp4WithoutNotes } from './mp4-notes.js';
import { pngWithoutNotes } from './png.js';
import { webpWithoutNotes } from './webp.js';

const CONTAINERS: Readonly<Record<OutputMediaType, (bytes: Uint8Array) => Uint8Array>> = {
  'image/png': pngWithoutNotes,
  'image/jpeg': jpegWithoutNotes,
  'image/webp': webpWithoutNotes,
  'video/mp4': mp4WithoutNotes,
};

/**
 * The same image or clip, bit for bit in its pixels, without what its maker has written into it: servers of models put whole
 * workflows there, and prompts. Colour profiles stay.
 * @throws UnreadableImage when the bytes are not of that media type
 */
export function withoutNotes(bytes: Uint8Array, mediaType: OutputMediaType): Uint8Array {
  return CONTAINERS[mediaType](bytes);
}
