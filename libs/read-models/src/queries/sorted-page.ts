import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { assertLimit, type Page, pageOf } from './cursor.js';
import { placeIn, placeParts, type SortedPageRequest, type Sorting } from './sorting.js';

interface Rows<Row extends ObjectLiteral, Item> {
  readonly item: (row: Row) => Item;
  /** Tells rows of one value apart; null where each has a value of its own. */
  readonly tie?: 'id' | null;
}

/**
 * A page of rows in one of the orders of the list. It goes on after a row and not after a count, so rows
 * that come in meanwhile neither repeat nor hide any. @throws InvalidCursor, RangeError
 */
export async function sortedPage<Row extends ObjectLiteral, Key extends string, Item>(
  query: SelectQueryBuilder<Row>,
  sorting: Sorting<Key>,
  { sort, cursor, limit }: SortedPageRequest<Key>,
  { item, tie = 'id' }: Rows<Row, Item>,
): Promise<Page<Item>> {
  assertLimit(limit);
  const order = sorting.order(sort);
  const column = `${query.alias}.${order.property}`;
  if (cursor !== undefined) {
    const { value, id } = placeIn(cursor, order);
    const after = order.direction === 'DESC' ? '<' : '>';
    // A type of its own: what was said last may be larger than the column's type, and is no error.
    const [at, type] = value instanceof Date ? [value, 'timestamptz'] : [`${value}`, 'bigint'];
    const place = `cast(:pageAt as ${type})`;
    const condition =
      tie === null
        ? `${column} ${after} ${place}`
        : `(${column}, ${query.alias}.${tie}) ${after} (${place}, :pageId)`;
    query.andWhere(condition, { pageAt: at, pageId: id });
  }
  query.orderBy(column, order.direction);
  if (tie !== null) query.addOrderBy(`${query.alias}.${tie}`, order.direction);
  const rows = await query.limit(limit + 1).getMany();
  return pageOf(rows, limit, item, (row) =>
    placeParts(order, row[order.property], tie === null ? '' : row[tie]),
  );
}
