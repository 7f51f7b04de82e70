import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { TupleSplitter } from './tuple-splitter.js';

/** Read ahead of whoever consumes the rows, so that the server works while they do. */
const AHEAD_BYTES = 1024 * 1024;

/** What has come and was not asked for yet. It is cut into rows when somebody asks, so that they live for a moment only. */
class RowsAhead {
  private readonly splitter = new TupleSplitter();
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  /** Cut already, and beyond what was asked for. */
  private rows: Buffer[] = [];
  private ended = false;
  private failure: { readonly error: unknown } | undefined;
  private wake: (() => void) | undefined;

  constructor(private readonly stream: NodeJS.ReadableStream) {
    stream.on('data', (chunk: Buffer) => this.add(chunk));
    stream.on('end', () => {
      this.ended = true;
      this.wake?.();
    });
    stream.on('error', (error) => {
      this.failure ??= { error };
      this.wake?.();
    });
  }

  /** As many rows as there are, and at most so many; undefined when no more come. @throws whatever the server says */
  async next(most: number): Promise<readonly Buffer[] | undefined> {
    for (;;) {
      this.cut(most);
      if (this.rows.length > 0) return this.rows.splice(0, most);
      if (this.failure !== undefined) throw this.failure.error;
      if (this.ended) {
        this.splitter.finish();
        return undefined;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  private add(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    if (this.bytes >= AHEAD_BYTES) this.stream.pause();
    this.wake?.();
  }

  private cut(most: number): void {
    while (this.rows.length < most) {
      const chunk = this.chunks.shift();
      if (chunk === undefined) break;
      this.bytes -= chunk.length;
      for (const row of this.splitter.split(chunk)) this.rows.push(row);
    }
    if (this.bytes < AHEAD_BYTES) this.stream.resume();
  }
}

/**
 * The rows of a query in PostgreSQL's binary format, as many at a time as have come meanwhile and were asked for. Nothing is parsed
 * and no string is made: for whoever reads millions of rows and looks at few of their fields.
 * @param query trusted SQL without parameters, which COPY does not take.
 * @param client used by nobody else until the rows have ended; broken when they are not read to their end.
 */
export async function* copyRows(
  client: ClientBase,
  query: string,
  most: number,
): AsyncGenerator<readonly Buffer[]> {
  const stream = client.query(copyTo(`copy (${query}) to stdout (format binary)`));
  const ahead = new RowsAhead(stream);
  try {
    for (;;) {
      const rows = await ahead.next(most);
      if (rows === undefined) return;
      yield rows;
    }
  } finally {
    stream.destroy();
  }
}
