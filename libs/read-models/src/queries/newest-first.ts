import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { assertLimit, decodeTimeAndId } from './cursor.js';

export interface PageRequest {
  /** As a page before gave it out. */
  readonly cursor?: string;
  /** 1 to 1,000. */
  readonly limit: number;
}

/**
 * The next page by time, newest first, and one row more to know whether it is the last. A page goes
 * on after a row and not after a count, so rows that come in meanwhile neither repeat nor hide any.
 * @throws InvalidCursor, RangeError
 */
export function newestFirst<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  timeProperty: string,
  page: PageRequest,
): Promise<Row[]> {
  return inOrder(query, timeProperty, page, 'DESC');
}

/** The same, oldest first. @throws InvalidCursor, RangeError */
export function oldestFirst<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  timeProperty: string,
  page: PageRequest,
): Promise<Row[]> {
  return inOrder(query, timeProperty, page, 'ASC');
}

function inOrder<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  timeProperty: string,
  { cursor, limit }: PageRequest,
  order: 'ASC' | 'DESC',
): Promise<Row[]> {
  assertLimit(limit);
  const [time, id] = [`${query.alias}.${timeProperty}`, `${query.alias}.id`];
  if (cursor !== undefined) {
    const after = order === 'DESC' ? '<' : '>';
    query.andWhere(`(${time}, ${id}) ${after} (:pageAt, :pageId)`, pageParameters(cursor));
  }
  return query
    .orderBy(time, order)
    .addOrderBy(id, order)
    .limit(limit + 1)
    .getMany();
}

function pageParameters(cursor: string) {
  const { at, id } = decodeTimeAndId(cursor);
  return { pageAt: at, pageId: id };
}
