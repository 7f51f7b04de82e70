import { type CsvValue, csvTable } from '@imprest/ledger-exports';
import type { FastifyReply, FastifyRequest } from 'fastify';

const CSV = 'text/csv';

/** Whether a table is asked for as CSV: `format` has the last word, then the first type that Accept names. */
export function wantsCsv(request: FastifyRequest, format: 'json' | 'csv' | undefined): boolean {
  if (format !== undefined) return format === 'csv';
  const first = request.headers.accept?.split(',')[0]?.split(';')[0]?.trim();
  return first === CSV;
}

export interface Table<Row> {
  /** Of the file it is saved as, without an ending. */
  readonly name: string;
  readonly columns: Readonly<Record<string, (row: Row) => CsvValue>>;
  readonly rows: readonly Row[];
  readonly nextCursor?: string | null;
}

/** A table as CSV; the cursor of the next page is in the header `X-Next-Cursor`. */
export function csvAnswer<Row>(reply: FastifyReply, table: Table<Row>): string {
  const { name, columns, rows, nextCursor } = table;
  reply.header('content-type', `${CSV}; charset=utf-8; header=present`);
  reply.header('content-disposition', `attachment; filename="${name}.csv"`);
  if (nextCursor) reply.header('x-next-cursor', nextCursor);
  return csvTable(columns, rows);
}
