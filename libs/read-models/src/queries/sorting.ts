import { InvalidCursor } from '@imprest/application';
import { decodeCursor, timeIn } from './cursor.js';
import type { PageRequest } from './page-request.js';

/** What a list is sorted by: smallest or oldest first, with `-` before it largest or newest first. */
export type Sort<Key extends string = string> = Key | `-${Key}`;

export interface SortedPageRequest<Key extends string> extends PageRequest {
  /** The usual one of the list when absent. */
  readonly sort?: Sort<Key>;
}

type SortValue = Date | bigint | number;

interface SortKey {
  /** Of the entity. */
  readonly property: string;
  readonly kind: 'time' | 'whole';
}

/** One key in one direction. */
export interface Order extends SortKey {
  /** As requests name it. */
  readonly sort: string;
  readonly direction: 'ASC' | 'DESC';
}

/** Where a page ended: what it is sorted by, and the id among rows of one value. */
export interface Place {
  readonly value: Date | bigint;
  readonly id: string;
}

const LARGEST = 2n ** 63n - 1n;

export const time = (property: string): SortKey => ({ property, kind: 'time' });
export const whole = (property: string): SortKey => ({ property, kind: 'whole' });

/**
 * The orders that a list can be had in. Its cursors name the order they are of, since the rows after one
 * row are others in each: a cursor of another order is refused.
 */
export class Sorting<Key extends string> {
  constructor(
    private readonly keys: Readonly<Record<Key, SortKey>>,
    readonly usual: Sort<NoInfer<Key>>,
  ) {}

  order(sort: Sort<Key> = this.usual): Order {
    const descending = sort.startsWith('-');
    const key = this.keys[(descending ? sort.slice(1) : sort) as Key];
    return { ...key, sort, direction: descending ? 'DESC' : 'ASC' };
  }
}

/** What a cursor of a list is made of. */
export function placeParts(order: Order, value: SortValue, id: string): readonly string[] {
  return [order.sort, value instanceof Date ? value.toISOString() : String(value), id];
}

/** @throws InvalidCursor */
export function placeIn(cursor: string, order: Order): Place {
  const [sort, text, id] = decodeCursor(cursor, 3) as [string, string, string];
  if (sort !== order.sort) throw new InvalidCursor(`is not one of sort=${order.sort}`);
  return { value: order.kind === 'time' ? timeIn(text) : wholeIn(text), id };
}

function wholeIn(text: string): bigint {
  if (!/^\d{1,19}$/.test(text) || BigInt(text) > LARGEST) throw new InvalidCursor();
  return BigInt(text);
}
