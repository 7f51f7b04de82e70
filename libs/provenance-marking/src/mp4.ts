import { asciiAt, asciiBytes, concatBytes, utf8Text, viewOf } from './bytes.js';
import { type Box, boxesOf, childrenOf, HEADER_BYTES } from './mp4-boxes.js';
import { UnreadableImage } from './unreadable-image.js';

/** XMP specification part 3, 1.1.4: the packet stands in a `uuid` box of the file's top level. */
const XMP_UUID = Uint8Array.from(Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'));
export const isMp4 = (bytes: Uint8Array): boolean => asciiAt(bytes, 4, 4) === 'ftyp';

/** Width and height at the end of a track header, in 16.16 fixed point (ISO/IEC 14496-12, 8.3.2). */
function shownSize({ body }: Box): { width: number; height: number } {
  const at = body[0] === 1 ? 88 : 76;
  if (body.length < at + 8)
    throw new UnreadableImage('a track header of the MP4 file is cut short');
  const view = viewOf(body);
  return { width: view.getUint32(at) >>> 16, height: view.getUint32(at + 4) >>> 16 };
}

/** Size of the first track that shows something. @throws UnreadableImage */
export function mp4Size(bytes: Uint8Array): { width: number; height: number } {
  const boxes = boxesOf(bytes);
  const sizes = boxes
    .filter(({ type }) => type === 'moov')
    .flatMap((movie) => childrenOf(movie, 'trak'))
    .flatMap((track) => childrenOf(track, 'tkhd'))
    .map(shownSize);
  const shown = sizes.find(({ width, height }) => width > 0 && height > 0);
  if (shown !== undefined) return shown;
  throw new UnreadableImage('the MP4 file shows nothing');
}

function isXmp({ type, body }: Box): boolean {
  return type === 'uuid' && XMP_UUID.every((byte, index) => body[index] === byte);
}

/**
 * The same file with one XMP box at its end. Earlier ones become free space: taking them out would move the
 * samples that the tracks point at. @throws UnreadableImage
 */
export function mp4WithXmp(bytes: Uint8Array, packet: Uint8Array): Uint8Array {
  const kept = Uint8Array.from(bytes);
  for (const { start } of boxesOf(bytes).filter(isXmp)) kept.set(asciiBytes('free'), start + 4);
  const header = new Uint8Array(HEADER_BYTES);
  viewOf(header).setUint32(0, HEADER_BYTES + XMP_UUID.length + packet.length);
  header.set(asciiBytes('uuid'), 4);
  return concatBytes([kept, header, XMP_UUID, packet]);
}

/** @throws UnreadableImage */
export function mp4Xmp(bytes: Uint8Array): string | undefined {
  const box = boxesOf(bytes).find(isXmp);
  return box && utf8Text(box.body.subarray(XMP_UUID.length));
}
