import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { TupleSplitter } from './tuple-splitter.js';

/**
 * The rows of a query in PostgreSQL's binary format, as many at a time as came together. Nothing is parsed
 * and no string is made: for whoever reads millions of rows and looks at few of their fields.
 * @param query trusted SQL without parameters, which COPY does not take.
 * @param client used by nobody else until the rows have ended; broken when they are not read to their end.
 */
export async function* copyRows(
  client: ClientBase,
  query: string,
): AsyncGenerator<readonly Buffer[]> {
  const splitter = new TupleSplitter();
  const stream = client.query(copyTo(`copy (${query}) to stdout (format binary)`));
  for await (const chunk of stream) {
    const rows = splitter.split(chunk as Buffer);
    if (rows.length > 0) yield rows;
  }
  splitter.finish();
}
