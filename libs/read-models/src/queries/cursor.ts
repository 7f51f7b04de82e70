import { InvalidCursor } from '@imprest/application';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Where a page ended: the time it is sorted by, and the id among rows of one time. */
export interface TimeAndId {
  readonly at: Date;
  readonly id: string;
}

const MAX_LENGTH = 300;
/** What callers may ask for is less; files are made of larger pages. */
const MAX_LIMIT = 5_000;

/** @throws RangeError */
export function assertLimit(limit: number): void {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new RangeError(`limit must be 1 to ${MAX_LIMIT}`);
  }
}

export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws InvalidCursor */
export function decodeCursor(cursor: string, length: number): readonly string[] {
  if (cursor.length > MAX_LENGTH) throw new InvalidCursor();
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new InvalidCursor();
  }
  const valid =
    Array.isArray(parts) &&
    parts.length === length &&
    parts.every((part) => typeof part === 'string' && !part.includes('\0'));
  if (!valid) throw new InvalidCursor();
  return parts as string[];
}

/** @throws InvalidCursor */
export function decodeTimeAndId(cursor: string): TimeAndId {
  const [time, id] = decodeCursor(cursor, 2) as [string, string];
  return { at: timeIn(time), id };
}

/** A time as cursors say it. Of years before 0 there are some that PostgreSQL has no time for. @throws InvalidCursor */
export function timeIn(text: string): Date {
  const at = new Date(text);
  if (!/^\d{4}-/.test(text) || Number.isNaN(at.getTime())) throw new InvalidCursor();
  return at;
}

/** A page out of one row more than it may have. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  cursorOf: (row: Row) => readonly string[],
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: shown.map(item), nextCursor: more ? encodeCursor(cursorOf(last)) : null };
}
