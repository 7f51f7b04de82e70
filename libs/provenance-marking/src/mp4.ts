import { asciiAt, asciiBytes, concatBytes, utf8Text, viewOf } from './bytes.js';
import { UnreadableImage } from './unreadable-image.js';

/** XMP specification part 3, 1.1.4: the packet stands in a `uuid` box of the file's top level. */
const XMP_UUID = Uint8Array.from(Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'));
const HEADER_BYTES = 8;
const LARGE_HEADER_BYTES = 16;
const MOST_BOXES = 4_096;

interface Box {
  readonly type: string;
  /** Offset in the bytes given. */
  readonly start: number;
  readonly body: Uint8Array;
}

export const isMp4 = (bytes: Uint8Array): boolean => asciiAt(bytes, 4, 4) === 'ftyp';

/** Boxes side by side (ISO/IEC 14496-12, 4.2). @throws UnreadableImage unless they fill the bytes exactly */
function boxesOf(bytes: Uint8Array): Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  let start = 0;
  while (start + HEADER_BYTES <= bytes.length) {
    const isLarge = view.getUint32(start) === 1;
    const header = isLarge ? LARGE_HEADER_BYTES : HEADER_BYTES;
    if (start + header > bytes.length) break;
    const size = isLarge ? Number(view.getBigUint64(start + 8)) : view.getUint32(start);
    const end = start + size;
    if (size < header || end > bytes.length || boxes.length >= MOST_BOXES) break;
    boxes.push({
      type: asciiAt(bytes, start + 4, 4),
      start,
      body: bytes.subarray(start + header, end),
    });
    start = end;
  }
  if (start !== bytes.length) throw new UnreadableImage('the boxes of the MP4 file do not fit');
  return boxes;
}

function childrenOf({ body }: Box, type: string): readonly Box[] {
  return boxesOf(body).filter((box) => box.type === type);
}

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
