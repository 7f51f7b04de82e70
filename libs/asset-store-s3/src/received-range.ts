import type { ByteRange } from '@imprest/application';

const CONTENT_RANGE = /^bytes (\d+)-/;

/** The HTTP header of a range, both ends inclusive. */
export function rangeHeader({ start, end }: ByteRange): string {
  return `bytes=${start}-${end}`;
}

/**
 * The bytes that were asked for out of the bytes that came. A service may send more than the range, or
 * ignore it and send the whole; `Content-Range` says from where.
 */
export function cutToRange(
  received: Uint8Array,
  contentRange: string | undefined,
  { start, end }: ByteRange,
): Uint8Array {
  const from = Number(CONTENT_RANGE.exec(contentRange ?? '')?.[1] ?? 0);
  return received.subarray(Math.max(0, start - from), Math.max(0, end - from + 1));
}
