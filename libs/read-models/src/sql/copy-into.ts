import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { BulkTable } from './bulk-table.js';

/** Sent at once, in characters. Rows that wait for more of them outlive the young generation. */
const CHUNK = 64 * 1024;

/** Takes rows as they come, and no faster than PostgreSQL does. */
export async function copyInto<Row extends object>(
  client: Client,
  table: BulkTable<Row>,
  pages: AsyncIterable<Iterable<Row>> | Iterable<Iterable<Row>>,
): Promise<void> {
  const columns = table.columns.map(({ name }) => name).join(', ');
  const stream = client.query(copyFrom(`copy ${table.name} (${columns}) from stdin`));
  await pipeline(Readable.from(linesOf(table, pages)), stream);
}

async function* linesOf<Row extends object>(
  table: BulkTable<Row>,
  pages: AsyncIterable<Iterable<Row>> | Iterable<Iterable<Row>>,
): AsyncGenerator<string> {
  let lines = '';
  for await (const rows of pages) {
    for (const row of rows) {
      lines += table.copyLine(row);
      if (lines.length < CHUNK) continue;
      yield lines;
      lines = '';
    }
  }
  if (lines !== '') yield lines;
}
