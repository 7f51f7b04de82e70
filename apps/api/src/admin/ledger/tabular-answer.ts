import type { Readable } from 'node:stream';
import { type CsvValue, csvLine, csvLines, csvTable } from '@imprest/ledger-exports';
import type { Page, PageRequest } from '@imprest/read-models';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pageLimit } from '../../http/page-limit.js';
import { textStream } from '../../http/text-stream.js';

const CSV = 'text/csv';
/** Of a list that is read as a whole: what is in memory at a time. A page of sums costs the database what is left of the list. */
const ROWS_AT_ONCE = 5_000;

/** Whether a table is asked for as CSV: `format` has the last word, then the first type that Accept names. */
export function wantsCsv(request: FastifyRequest, format: 'json' | 'csv' | undefined): boolean {
  if (format !== undefined) return format === 'csv';
  const first = request.headers.accept?.split(',')[0]?.split(';')[0]?.trim();
  return first === CSV;
}

interface Csv<Row> {
  /** Of the file it is saved as, without an ending. */
  readonly name: string;
  readonly columns: Readonly<Record<string, (row: Row) => CsvValue>>;
}

function headersOf(reply: FastifyReply, name: string): void {
  reply.header('content-type', `${CSV}; charset=utf-8; header=present`);
  reply.header('content-disposition', `attachment; filename="${name}.csv"`);
}

/** A table as CSV. */
export function csvAnswer<Row>(
  reply: FastifyReply,
  { name, columns, rows }: Csv<Row> & { readonly rows: readonly Row[] },
): string {
  headersOf(reply, name);
  return csvTable(columns, rows);
}

export interface List<Item, Row> {
  readonly query: {
    readonly format?: 'json' | 'csv';
    readonly limit?: string;
    readonly cursor?: string;
  };
  /** Items of a page: when `limit` is absent, and at most. */
  readonly limits: readonly [usual: number, most: number];
  readonly page: (at: PageRequest) => Promise<Page<Item>>;
  readonly json: (page: Page<Item>) => unknown;
  /** `rows`: the lines of items. */
  readonly csv: Csv<Row> & { readonly rows: (items: readonly Item[]) => readonly Row[] };
}

/**
 * A list as JSON, a page at a time; or as CSV, all of it, read page after page as the caller takes it. A
 * `limit` or a `cursor` asks for one page of CSV: the cursor of the next one is in the header `X-Next-Cursor`.
 */
export async function listAnswer<Item, Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  { query, limits, page, json, csv }: List<Item, Row>,
): Promise<unknown> {
  const { format, limit, cursor } = query;
  const isCsv = wantsCsv(request, format);
  const isWhole = isCsv && limit === undefined && cursor === undefined;
  // Before anything is sent, so that what is refused is answered as such.
  const first = await page({
    cursor,
    limit: isWhole ? ROWS_AT_ONCE : pageLimit(limit, ...limits),
  });
  if (!isCsv) return json(first);
  headersOf(reply, csv.name);
  if (isWhole) return wholeList(reply, first, page, csv);
  if (first.nextCursor) reply.header('x-next-cursor', first.nextCursor);
  return csvTable(csv.columns, csv.rows(first.items));
}

function wholeList<Item, Row>(
  reply: FastifyReply,
  first: Page<Item>,
  page: List<Item, Row>['page'],
  { columns, rows }: List<Item, Row>['csv'],
): Readable {
  async function* texts(): AsyncGenerator<string> {
    yield csvLine(Object.keys(columns));
    let { items, nextCursor } = first;
    while (nextCursor !== null) {
      yield csvLines(columns, rows(items));
      ({ items, nextCursor } = await page({ cursor: nextCursor, limit: ROWS_AT_ONCE }));
    }
    if (items.length > 0) yield csvLines(columns, rows(items));
  }
  return textStream(reply, texts());
}
