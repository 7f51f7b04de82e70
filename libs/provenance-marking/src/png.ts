import { crc32, inflateSync } from 'node:zlib';
import { asciiAt, asciiBytes, concatBytes, utf8Text, viewOf } from './bytes.js';
import { UnreadableImage } from './unreadable-image.js';
import { MAX_XMP_BYTES } from './xmp-packet.js';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const XMP_KEYWORD = 'XML:com.adobe.xmp';
/** How ImageMagick stores XMP; left in place it would contradict the new packet. */
const RAW_XMP_KEYWORD = 'Raw profile type xmp';
const TEXT_CHUNKS = new Set(['tEXt', 'zTXt', 'iTXt']);
const BIT_DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** Length, type, data and CRC, as they stand in the file. */
  readonly whole: Uint8Array;
}

export const isPng = (bytes: Uint8Array): boolean =>
  SIGNATURE.every((byte, index) => bytes[index] === byte);

/** Chunks up to and including IEND; what follows it is no part of the image (PNG 3rd edition, 5.3). */
function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = viewOf(bytes);
  let offset = SIGNATURE.length;
  while (offset + 12 <= bytes.length) {
    const end = offset + 12 + view.getUint32(offset);
    if (end > bytes.length) break;
    const type = asciiAt(bytes, offset + 4, 4);
    yield { type, data: bytes.subarray(offset + 8, end - 4), whole: bytes.subarray(offset, end) };
    if (type === 'IEND') return;
    offset = end;
  }
  throw new UnreadableImage('the PNG file ends before its IEND chunk');
}

/** Size from IHDR. @throws UnreadableImage on a bad header and on animated PNG */
export function pngSize(bytes: Uint8Array): { width: number; height: number } {
  let size: { width: number; height: number } | undefined;
  for (const { type, data } of chunksOf(bytes)) {
    if (!size) size = sizeInHeader(type, data);
    else if (type === 'acTL') throw new UnreadableImage('animated PNG is not supported');
    else if (type === 'IDAT') return size;
  }
  throw new UnreadableImage('the PNG file has no IDAT chunk');
}

function sizeInHeader(type: string, data: Uint8Array): { width: number; height: number } {
  if (type !== 'IHDR' || data.length !== 13) {
    throw new UnreadableImage('the PNG file does not start with a 13-byte IHDR chunk');
  }
  const view = viewOf(data);
  const [bitDepth, colourType, compression, filter, interlace] = data.subarray(8);
  const known = BIT_DEPTHS[colourType as number]?.includes(bitDepth as number);
  if (!known || compression !== 0 || filter !== 0 || (interlace as number) > 1) {
    throw new UnreadableImage('the IHDR chunk names an unknown PNG encoding');
  }
  return { width: view.getUint32(0), height: view.getUint32(4) };
}

/** Same chunks with one XMP chunk straight after IHDR. @throws UnreadableImage */
export function pngWithXmp(bytes: Uint8Array, packet: Uint8Array): Uint8Array {
  const [header, ...rest] = [...chunksOf(bytes)];
  const kept = rest.filter((chunk) => !holdsXmp(chunk)).map((chunk) => chunk.whole);
  return concatBytes([SIGNATURE, (header as Chunk).whole, xmpChunk(packet), ...kept]);
}

/**
 * The packet under the keyword `XML:com.adobe.xmp`: in iTXt as the XMP specification has it, or in
 * zTXt as libvips writes it. @throws UnreadableImage
 */
export function pngXmp(bytes: Uint8Array): string | undefined {
  for (const { type, data } of chunksOf(bytes)) {
    if (!TEXT_CHUNKS.has(type) || keywordOf(data) !== XMP_KEYWORD) continue;
    if (type === 'iTXt') return internationalText(data);
    const text = data.subarray(XMP_KEYWORD.length + 1);
    return utf8Text(type === 'zTXt' ? inflated(text.subarray(1)) : text);
  }
  return undefined;
}

/** Chunks that say something about the picture and are no part of it. */
const NOTES = new Set([...TEXT_CHUNKS, 'eXIf', 'tIME']);

/** The same picture without texts, Exif data and time. @throws UnreadableImage */
export function pngWithoutNotes(bytes: Uint8Array): Uint8Array {
  const kept = [...chunksOf(bytes)].filter(({ type }) => !NOTES.has(type));
  return concatBytes([SIGNATURE, ...kept.map(({ whole }) => whole)]);
}

function holdsXmp({ type, data }: Chunk): boolean {
  if (!TEXT_CHUNKS.has(type)) return false;
  const keyword = keywordOf(data);
  return keyword === XMP_KEYWORD || keyword === RAW_XMP_KEYWORD;
}

function keywordOf(data: Uint8Array): string {
  const end = data.subarray(0, 80).indexOf(0);
  return end < 0 ? '' : asciiAt(data, 0, end);
}

/** iTXt: keyword, 0, compressed?, method, language, 0, translated keyword, 0, text (11.3.3.4). */
function internationalText(data: Uint8Array): string {
  const flags = XMP_KEYWORD.length + 1;
  const languageEnd = data.indexOf(0, flags + 2);
  const keywordEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (keywordEnd < 0) throw new UnreadableImage('the iTXt chunk of the XMP packet is cut short');
  const text = data.subarray(keywordEnd + 1);
  return utf8Text(data[flags] === 0 ? text : inflated(text));
}

function inflated(text: Uint8Array): Uint8Array {
  try {
    return inflateSync(text, { maxOutputLength: MAX_XMP_BYTES });
  } catch (cause) {
    throw new UnreadableImage('the compressed XMP packet cannot be inflated', { cause });
  }
}

function xmpChunk(packet: Uint8Array): Uint8Array {
  const body = concatBytes([asciiBytes(`iTXt${XMP_KEYWORD}\0\0\0\0\0`), packet]);
  const chunk = new Uint8Array(body.length + 8);
  const view = viewOf(chunk);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, crc32(body));
  return chunk;
}
