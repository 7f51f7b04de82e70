import type { ImageMediaType } from '@imprest/application';

export interface PreviewFrame {
  readonly mediaType: ImageMediaType;
  readonly bytes: Uint8Array;
}

/** `BinaryEventTypes.PREVIEW_IMAGE` of ComfyUI's protocol.py; the others are for clients that say they know them. */
const PREVIEW_IMAGE = 1;
const HEAD_BYTES = 8;

/** By the number of the format in a frame, with what files of it begin with. */
const FORMATS: ReadonlyMap<number, readonly [ImageMediaType, readonly number[]]> = new Map([
  [1, ['image/jpeg', [0xff, 0xd8, 0xff]]],
  [2, ['image/png', [0x89, 0x50, 0x4e, 0x47]]],
]);

/**
 * The picture of a binary message: four bytes that name the event, four that name the format (both big-endian), then the
 * file. Undefined for any other message, and for a file that is not what it is said to be.
 */
export function previewFrame(message: ArrayBuffer): PreviewFrame | undefined {
  if (message.byteLength <= HEAD_BYTES) return undefined;
  const head = new DataView(message);
  if (head.getUint32(0) !== PREVIEW_IMAGE) return undefined;
  const [mediaType, magic] = FORMATS.get(head.getUint32(4)) ?? [];
  const bytes = new Uint8Array(message, HEAD_BYTES);
  const isGenuine = magic?.every((byte, at) => bytes[at] === byte);
  return mediaType !== undefined && isGenuine ? { mediaType, bytes } : undefined;
}
