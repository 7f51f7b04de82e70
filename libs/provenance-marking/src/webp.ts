import { asciiAt, asciiBytes, concatBytes, utf8Text, viewOf } from './bytes.js';
import { UnreadableImage } from './unreadable-image.js';

const RIFF_HEADER_BYTES = 12;
const XMP_FLAG = 0x04;
const EXIF_FLAG = 0x08;
const ANIMATION_FLAG = 0x02;
const ALPHA_FLAG = 0x10;

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** Type, length, data and padding, as they stand in the file. */
  readonly whole: Uint8Array;
}

interface Bitstream {
  readonly width: number;
  readonly height: number;
  readonly alpha: boolean;
}

export const isWebp = (bytes: Uint8Array): boolean =>
  asciiAt(bytes, 0, 4) === 'RIFF' && asciiAt(bytes, 8, 4) === 'WEBP';

/** Chunks inside the RIFF length; what follows it is no part of the image (RFC 9649, 2.4). */
function chunksOf(bytes: Uint8Array): Chunk[] {
  const view = viewOf(bytes);
  const fileEnd = 8 + view.getUint32(4, true);
  const chunks: Chunk[] = [];
  let offset = RIFF_HEADER_BYTES;
  while (fileEnd <= bytes.length && offset + 8 <= fileEnd) {
    const length = view.getUint32(offset + 4, true);
    const end = offset + 8 + length;
    const paddedEnd = Math.min(end + (length % 2), fileEnd);
    if (end > fileEnd) break;
    const type = asciiAt(bytes, offset, 4);
    chunks.push({
      type,
      data: bytes.subarray(offset + 8, end),
      whole: bytes.subarray(offset, paddedEnd),
    });
    offset = paddedEnd;
  }
  if (offset !== fileEnd) throw new UnreadableImage('the WebP file is cut short');
  return chunks;
}

export interface WebpSize {
  readonly width: number;
  readonly height: number;
  readonly moves: boolean;
}

/** Size of canvas and bitstream, which must agree; of an animation, of its canvas. @throws UnreadableImage */
export function webpSize(bytes: Uint8Array): WebpSize {
  const chunks = chunksOf(bytes);
  const [first] = chunks;
  const moves = chunks.some(({ type }) => type === 'ANMF');
  const header = first?.type === 'VP8X' ? first.data : undefined;
  if (header !== undefined && header.length !== 10) {
    throw new UnreadableImage('the VP8X chunk does not have 10 bytes');
  }
  const declared = header !== undefined && ((header[0] as number) & ANIMATION_FLAG) !== 0;
  if (moves !== declared) throw new UnreadableImage('the WebP file is half an animation');
  const canvas = header && { width: uint24(header, 4) + 1, height: uint24(header, 7) + 1 };
  if (moves && canvas !== undefined) return { ...canvas, moves };
  const { width, height } = bitstreamOf(chunks);
  if (canvas !== undefined && (canvas.width !== width || canvas.height !== height)) {
    throw new UnreadableImage('the WebP canvas and its image differ in size');
  }
  return { width, height, moves };
}

/** Same chunks in the extended layout with one XMP chunk at the end. @throws UnreadableImage */
export function webpWithXmp(bytes: Uint8Array, packet: Uint8Array): Uint8Array {
  const chunks = chunksOf(bytes);
  const [first] = chunks;
  const header =
    first?.type === 'VP8X' ? Uint8Array.from(first.data) : extendedHeader(bitstreamOf(chunks));
  header[0] = (header[0] as number) | XMP_FLAG;
  const kept = chunks.filter(({ type }) => type !== 'VP8X' && type !== 'XMP ');
  const body = concatBytes([
    asciiBytes('WEBP'),
    chunkOf('VP8X', header),
    ...kept.flatMap(({ whole }) => (whole.length % 2 ? [whole, Uint8Array.of(0)] : [whole])),
    chunkOf('XMP ', packet),
  ]);
  return chunkOf('RIFF', body);
}

/** The same picture or animation without Exif data and XMP. @throws UnreadableImage */
export function webpWithoutNotes(bytes: Uint8Array): Uint8Array {
  const kept = chunksOf(bytes).filter(({ type }) => type !== 'EXIF' && type !== 'XMP ');
  const parts = kept.map(({ type, data, whole }) => {
    if (type !== 'VP8X') return whole.length % 2 ? concatBytes([whole, Uint8Array.of(0)]) : whole;
    const header = Uint8Array.from(data);
    header[0] = (header[0] as number) & ~(XMP_FLAG | EXIF_FLAG);
    return chunkOf('VP8X', header);
  });
  return chunkOf('RIFF', concatBytes([asciiBytes('WEBP'), ...parts]));
}

/** The packet of the `XMP ` chunk. @throws UnreadableImage */
export function webpXmp(bytes: Uint8Array): string | undefined {
  const chunk = chunksOf(bytes).find(({ type }) => type === 'XMP ');
  return chunk && utf8Text(chunk.data);
}

function bitstreamOf(chunks: readonly Chunk[]): Bitstream {
  for (const { type, data } of chunks) {
    if (type === 'VP8 ') return lossyHeader(data);
    if (type === 'VP8L') return losslessHeader(data);
  }
  throw new UnreadableImage('the WebP file holds no image');
}

/** RFC 6386, 9.1: a key frame starts 9d 01 2a, then 14 bits of width and of height. */
function lossyHeader(data: Uint8Array): Bitstream {
  const keyFrame = data.length >= 10 && ((data[0] as number) & 1) === 0;
  if (!keyFrame || data[3] !== 0x9d || data[4] !== 0x01 || data[5] !== 0x2a) {
    throw new UnreadableImage('the VP8 chunk does not start with a key frame');
  }
  const view = viewOf(data);
  const width = view.getUint16(6, true) & 0x3fff;
  return { width, height: view.getUint16(8, true) & 0x3fff, alpha: false };
}

/** RFC 9649, 3.4: 2f, then 14 bits of width - 1, 14 of height - 1, alpha hint, 3 bits of version. */
function losslessHeader(data: Uint8Array): Bitstream {
  if (data.length < 5 || data[0] !== 0x2f || (data[4] as number) >> 5 !== 0) {
    throw new UnreadableImage('the VP8L chunk does not start with a version 0 header');
  }
  const bits = viewOf(data).getUint32(1, true);
  return {
    width: (bits & 0x3fff) + 1,
    height: ((bits >>> 14) & 0x3fff) + 1,
    alpha: ((bits >>> 28) & 1) === 1,
  };
}

function extendedHeader({ width, height, alpha }: Bitstream): Uint8Array {
  const header = new Uint8Array(10);
  const view = viewOf(header);
  header[0] = alpha ? ALPHA_FLAG : 0;
  view.setUint16(4, (width - 1) & 0xffff, true);
  header[6] = (width - 1) >> 16;
  view.setUint16(7, (height - 1) & 0xffff, true);
  header[9] = (height - 1) >> 16;
  return header;
}

function chunkOf(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(8 + data.length + (data.length % 2));
  chunk.set(asciiBytes(type));
  viewOf(chunk).setUint32(4, data.length, true);
  chunk.set(data, 8);
  return chunk;
}

const uint24 = (data: Uint8Array, offset: number): number =>
  viewOf(data).getUint16(offset, true) | ((data[offset + 2] as number) << 16);
