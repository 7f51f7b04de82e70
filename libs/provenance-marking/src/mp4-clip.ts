import { asciiAt, viewOf } from './bytes.js';
import { type Box, boxesOf, childrenOf } from './mp4-boxes.js';
import { UnreadableImage } from './unreadable-image.js';

export interface Mp4Clip {
  /** Samples of the first picture track. */
  readonly frames: number;
  readonly durationMs: number;
}

/** Box types from the file down to the tables of a track's samples (ISO/IEC 14496-12, 8.5). */
const SAMPLE_TABLE = ['mdia', 'minf', 'stbl'];

/**
 * Follows the tables of the first picture track to the samples they promise. Nothing is decoded: what the
 * samples show, nobody knows here. @throws UnreadableImage for a table that leads out of the file's media data,
 * and for a fragmented file
 */
export function mp4Clip(bytes: Uint8Array): Mp4Clip {
  const boxes = boxesOf(bytes);
  const movie = one(boxes, 'moov');
  if (childrenOf(movie, 'mvex').length > 0) {
    throw new UnreadableImage('fragmented MP4 files are not supported');
  }
  const track = childrenOf(movie, 'trak').find(showsPictures);
  if (track === undefined) throw new UnreadableImage('the MP4 file has no picture track');
  const table = SAMPLE_TABLE.reduce((box, type) => child(box, type), track);
  const frames = sampleCount(child(table, 'stsz'));
  const media = boxes.filter(({ type }) => type === 'mdat').map(rangeIn(bytes));
  for (const offset of chunkOffsets(table)) {
    if (!media.some(({ start, end }) => offset >= start && offset < end)) {
      throw new UnreadableImage('a chunk of the MP4 file lies outside of its media data');
    }
  }
  return { frames, durationMs: durationMs(child(child(track, 'mdia'), 'mdhd')) };
}

function one(boxes: readonly Box[], type: string): Box {
  const found = boxes.find((box) => box.type === type);
  if (found === undefined) throw new UnreadableImage(`the MP4 file has no ${type} box`);
  return found;
}

const child = (box: Box, type: string): Box => one(boxesOf(box.body), type);

function showsPictures(track: Box): boolean {
  const [handler] = childrenOf(track, 'mdia').flatMap((media) => childrenOf(media, 'hdlr'));
  return handler !== undefined && asciiAt(handler.body, 8, 4) === 'vide';
}

function rangeIn(file: Uint8Array) {
  return ({ body }: Box) => {
    const start = body.byteOffset - file.byteOffset;
    return { start, end: start + body.length };
  };
}

/** Sample sizes: one size for all, then how many; a table when they differ (8.7.3.2). */
function sampleCount({ body }: Box): number {
  const view = sized(body, 12);
  const count = view.getUint32(8);
  if (view.getUint32(4) === 0) sized(body, 12 + count * 4);
  return count;
}

/** Where the chunks begin in the file, in 32 or 64 bits each (8.7.5). */
function chunkOffsets(table: Box): readonly number[] {
  const [wide] = childrenOf(table, 'co64');
  const { body } = wide ?? child(table, 'stco');
  const bytesEach = wide === undefined ? 4 : 8;
  const count = sized(body, 8).getUint32(4);
  const view = sized(body, 8 + count * bytesEach);
  return Array.from({ length: count }, (_, at) =>
    wide === undefined ? view.getUint32(8 + at * 4) : Number(view.getBigUint64(8 + at * 8)),
  );
}

/** Of a media header: units a second, then how many units (8.4.2.2). */
function durationMs({ body }: Box): number {
  const isWide = body[0] === 1;
  const view = sized(body, isWide ? 32 : 20);
  const perSecond = view.getUint32(isWide ? 20 : 12);
  const units = isWide ? Number(view.getBigUint64(24)) : view.getUint32(16);
  if (perSecond === 0) throw new UnreadableImage('the MP4 file counts time in nothing');
  return Math.round((units * 1_000) / perSecond);
}

function sized(body: Uint8Array, bytes: number): DataView {
  if (body.length < bytes) throw new UnreadableImage('a table of the MP4 file is cut short');
  return viewOf(body);
}
