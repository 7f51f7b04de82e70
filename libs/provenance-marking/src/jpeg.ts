import { asciiAt, asciiBytes, concatBytes, utf8Text, viewOf } from './bytes.js';
import { UnreadableImage } from './unreadable-image.js';

const START_OF_IMAGE = Uint8Array.of(0xff, 0xd8);
const START_OF_SCAN = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const COMMENT = 0xfe;
const XMP_SIGNATURE = 'http://ns.adobe.com/xap/1.0/\0';
/** Parts of a packet over 64 KiB; without its main packet it means nothing (XMP part 3, 1.1.3.1). */
const EXTENDED_XMP_SIGNATURE = 'http://ns.adobe.com/xmp/extension/\0';
const EXIF_SIGNATURE = 'Exif\0\0';
/** Baseline, extended and progressive Huffman: the ones image libraries decode. */
const START_OF_FRAME = new Set([0xc0, 0xc1, 0xc2]);
const MAX_SEGMENTS = 4096;

interface Segment {
  readonly marker: number;
  readonly data: Uint8Array;
  /** Marker, length and data, as they stand in the file. */
  readonly whole: Uint8Array;
}

export const isJpeg = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** Segments before the first scan, then one that holds the rest of the file (ITU-T T.81 annex B). */
function* segmentsOf(bytes: Uint8Array): Generator<Segment> {
  const view = viewOf(bytes);
  let offset = START_OF_IMAGE.length;
  for (let count = 0; count < MAX_SEGMENTS; count += 1) {
    if (bytes[offset] !== 0xff) throw new UnreadableImage('the JPEG file has no marker where due');
    while (bytes[offset + 1] === 0xff) offset += 1;
    const marker = bytes[offset + 1];
    if (marker === undefined || offset + 4 > bytes.length) break;
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9)) {
      throw new UnreadableImage(`marker ${marker.toString(16)} stands in the JPEG header`);
    }
    const length = view.getUint16(offset + 2);
    const end = marker === START_OF_SCAN ? bytes.length : offset + 2 + length;
    if (length < 2 || offset + 2 + length > bytes.length) break;
    yield { marker, data: bytes.subarray(offset + 4, end), whole: bytes.subarray(offset, end) };
    if (marker === START_OF_SCAN) return;
    offset = end;
  }
  throw new UnreadableImage('the JPEG file ends before its first scan');
}

/** Size from the frame header. @throws UnreadableImage on a bad or uncommon header */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } {
  for (const { marker, data } of segmentsOf(bytes)) {
    if (!START_OF_FRAME.has(marker)) continue;
    if (data.length < 6 || data[0] !== 8) {
      throw new UnreadableImage('the JPEG frame header is short or not of 8-bit samples');
    }
    const view = viewOf(data);
    return { width: view.getUint16(3), height: view.getUint16(1) };
  }
  throw new UnreadableImage('the JPEG file has no baseline or progressive frame header');
}

/** Same segments with one XMP segment after JFIF and Exif, where readers look. @throws UnreadableImage */
export function jpegWithXmp(bytes: Uint8Array, packet: Uint8Array): Uint8Array {
  const kept = [...segmentsOf(bytes)].filter(
    (segment) => !isApp1(segment, XMP_SIGNATURE) && !isApp1(segment, EXTENDED_XMP_SIGNATURE),
  );
  const leading = kept.findIndex(
    (segment) => segment.marker !== APP0 && !isApp1(segment, EXIF_SIGNATURE),
  );
  const whole = kept.map((segment) => segment.whole);
  return concatBytes([
    START_OF_IMAGE,
    ...whole.slice(0, leading),
    xmpSegment(packet),
    ...whole.slice(leading),
  ]);
}

/** The same picture without Exif data, XMP and comments. @throws UnreadableImage */
export function jpegWithoutNotes(bytes: Uint8Array): Uint8Array {
  const kept = [...segmentsOf(bytes)].filter(({ marker }) => marker !== APP1 && marker !== COMMENT);
  return concatBytes([START_OF_IMAGE, ...kept.map(({ whole }) => whole)]);
}

/** The packet of the APP1 segment `http://ns.adobe.com/xap/1.0/`. @throws UnreadableImage */
export function jpegXmp(bytes: Uint8Array): string | undefined {
  for (const segment of segmentsOf(bytes)) {
    if (isApp1(segment, XMP_SIGNATURE)) {
      return utf8Text(segment.data.subarray(XMP_SIGNATURE.length));
    }
  }
  return undefined;
}

const isApp1 = ({ marker, data }: Segment, signature: string): boolean =>
  marker === APP1 && asciiAt(data, 0, signature.length) === signature;

function xmpSegment(packet: Uint8Array): Uint8Array {
  const data = concatBytes([asciiBytes(XMP_SIGNATURE), packet]);
  const segment = new Uint8Array(data.length + 4);
  segment.set([0xff, APP1]);
  viewOf(segment).setUint16(2, data.length + 2);
  segment.set(data, 4);
  return segment;
}
