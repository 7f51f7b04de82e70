import {
  closeSync,
  createReadStream,
  existsSync,
  fdatasync,
  openSync,
  truncateSync,
  write,
} from 'node:fs';
import { promisify } from 'node:util';
import type { WrittenBatch } from './event-log.js';
import type { StoredEvent } from './stored-event.js';

const writeBytes = promisify(write) as (file: number, bytes: Buffer) => Promise<unknown>;
const syncData = promisify(fdatasync);
const NEW_LINE = 0x0a;

interface Waiting {
  readonly bytes: Buffer;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * One batch a line, so that a batch is there whole or not at all: what a crash has cut off is dropped when
 * the file is opened again. Batches that come while the disk is busy go together.
 */
export class LogFile {
  private waiting: Waiting[] = [];
  private busy = false;

  private constructor(
    private readonly file: number,
    private readonly sync: boolean,
  ) {}

  /** @param restore is given each batch of before, in order. */
  static async open(
    path: string,
    options: { readonly sync: boolean; restore(batch: WrittenBatch): void },
  ): Promise<LogFile> {
    if (existsSync(path)) truncateSync(path, await readLines(path, options.restore));
    return new LogFile(openSync(path, 'a'), options.sync);
  }

  append(batch: WrittenBatch): Promise<void> {
    return new Promise((done, fail) => {
      this.waiting.push({ bytes: encode(batch), done, fail });
      if (!this.busy) void this.drain();
    });
  }

  close(): void {
    closeSync(this.file);
  }

  private async drain(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) {
      const batches = this.waiting;
      this.waiting = [];
      try {
        await writeBytes(this.file, Buffer.concat(batches.map(({ bytes }) => bytes)));
        if (this.sync) await syncData(this.file);
        for (const { done } of batches) done();
      } catch (error) {
        for (const { fail } of batches) fail(error);
      }
    }
    this.busy = false;
  }
}

/** Answers how many bytes hold whole lines. */
async function readLines(path: string, each: (batch: WrittenBatch) => void): Promise<number> {
  let rest = Buffer.alloc(0);
  let whole = 0;
  for await (const chunk of createReadStream(path)) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    let from = 0;
    for (;;) {
      const end = bytes.indexOf(NEW_LINE, from);
      if (end < 0) break;
      each(decode(bytes.toString('utf8', from, end)));
      whole += end + 1 - from;
      from = end + 1;
    }
    rest = bytes.subarray(from);
  }
  return whole;
}

function encode({ stream, events }: WrittenBatch): Buffer {
  const lines = events.map((event) => ({
    ...event,
    stream: undefined,
    data: Buffer.from(event.data).toString('base64'),
    metadata: Buffer.from(event.metadata).toString('base64'),
  }));
  return Buffer.from(`${JSON.stringify({ stream, events: lines })}\n`);
}

function decode(line: string): WrittenBatch {
  const { stream, events } = JSON.parse(line) as {
    readonly stream: string;
    readonly events: readonly (Omit<StoredEvent, 'data' | 'metadata'> & {
      readonly data: string;
      readonly metadata: string;
    })[];
  };
  const decoded = events.map((event) => ({
    ...event,
    stream,
    data: Buffer.from(event.data, 'base64'),
    metadata: Buffer.from(event.metadata, 'base64'),
  }));
  return { stream, events: decoded };
}
