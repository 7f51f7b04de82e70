import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { BulkTable } from './bulk-table.js';

/** Takes rows as they come, and no faster than PostgreSQL does. */
export async function copyInto<Row extends object>(
  client: Client,
  table: BulkTable<Row>,
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
): Promise<void> {
  const columns = table.columns.map(({ name }) => name).join(', ');
  const stream = client.query(copyFrom(`copy ${table.name} (${columns}) from stdin`));
  await pipeline(Readable.from(linesOf(table, pages)), stream);
}

async function* linesOf<Row extends object>(
  table: BulkTable<Row>,
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
): AsyncGenerator<string> {
  for await (const page of pages) {
    let lines = '';
    for (const row of page) lines += table.copyLine(row);
    if (lines !== '') yield lines;
  }
}
