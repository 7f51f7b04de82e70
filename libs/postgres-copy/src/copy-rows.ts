import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { TupleSplitter } from './tuple-splitter.js';

/** Read ahead of whoever consumes the rows, so that the server works while they do. */
const AHEAD_BYTES = 1024 * 1024;

/** Rows that have come and were not asked for yet. */
class RowsAhead {
  private readonly splitter = new TupleSplitter();
  private rows: Buffer[] = [];
  private bytes = 0;
  private ended = false;
  private failure: { readonly error: unknown } | undefined;
  private wake: (() => void) | undefined;

  constructor(private readonly stream: NodeJS.ReadableStream) {
    stream.on('data', (chunk: Buffer) => this.guarded(() => this.take(chunk)));
    stream.on('end', () => this.guarded(() => this.finish()));
    stream.on('error', (error) => this.fail(error));
  }

  /** All rows there are, when there are any; undefined when no more come. @throws whatever the server says */
  async next(): Promise<readonly Buffer[] | undefined> {
    while (this.rows.length === 0 && !this.ended && this.failure === undefined) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    if (this.failure !== undefined) throw this.failure.error;
    if (this.rows.length === 0) return undefined;
    const { rows } = this;
    this.rows = [];
    this.bytes = 0;
    this.stream.resume();
    return rows;
  }

  private take(chunk: Buffer): void {
    for (const row of this.splitter.split(chunk)) this.rows.push(row);
    this.bytes += chunk.length;
    if (this.bytes >= AHEAD_BYTES) this.stream.pause();
    if (this.rows.length > 0) this.wake?.();
  }

  private finish(): void {
    this.splitter.finish();
    this.ended = true;
    this.wake?.();
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.failure ??= { error };
    this.wake?.();
  }
}

/**
 * The rows of a query in PostgreSQL's binary format, as many at a time as have come meanwhile. Nothing is parsed
 * and no string is made: for whoever reads millions of rows and looks at few of their fields.
 * @param query trusted SQL without parameters, which COPY does not take.
 * @param client used by nobody else until the rows have ended; broken when they are not read to their end.
 */
export async function* copyRows(
  client: ClientBase,
  query: string,
): AsyncGenerator<readonly Buffer[]> {
  const stream = client.query(copyTo(`copy (${query}) to stdout (format binary)`));
  const ahead = new RowsAhead(stream);
  try {
    for (let rows = await ahead.next(); rows !== undefined; rows = await ahead.next()) yield rows;
  } finally {
    stream.destroy();
  }
}
