import { asciiAt, viewOf } from './bytes.js';
import { UnreadableImage } from './unreadable-image.js';

export const HEADER_BYTES = 8;
const LARGE_HEADER_BYTES = 16;
const MOST_BOXES = 4_096;

export interface Box {
  readonly type: string;
  /** Offset in the bytes given. */
  readonly start: number;
  readonly body: Uint8Array;
}

/** Boxes side by side (ISO/IEC 14496-12, 4.2). @throws UnreadableImage unless they fill the bytes exactly */
export function boxesOf(bytes: Uint8Array): Box[] {
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

export function childrenOf({ body }: Box, type: string): readonly Box[] {
  return boxesOf(body).filter((box) => box.type === type);
}
