import type { Writable } from 'node:stream';
import type { Environment } from '@imprest/platform';

export interface TerminalStreams {
  readonly out: Writable;
  readonly err: Writable & { readonly isTTY?: boolean };
}

/** 128 and the number of SIGINT, as shells count it. */
const INTERRUPTED = 130;

/** What a command sees of the world: where its output goes, and when it is asked to stop. */
export class Terminal {
  /** 0: all is well; 1: something was found to be wrong; 2: the command was not understood. */
  exitCode = 0;
  private readonly stopping = new AbortController();
  private closed = false;

  constructor(
    readonly environment: Environment,
    private readonly streams: TerminalStreams,
  ) {
    // Whoever reads the output may have seen enough, as `head` has: that is no failure.
    streams.out.on('error', () => {
      this.closed = true;
      this.stopping.abort();
    });
    streams.err.on('error', () => undefined);
  }

  /** Aborted when the user has asked to stop, or when nobody reads the output any more. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  interrupt(): void {
    this.exitCode = INTERRUPTED;
    this.stopping.abort();
  }

  /** Writes lines to standard output, no faster than they are read. */
  print(text: string): Promise<void> | undefined {
    if (this.closed || this.streams.out.write(`${text}\n`)) return undefined;
    const { out } = this.streams;
    return new Promise((resolve) => {
      const done = () => {
        for (const event of ['drain', 'close', 'error']) out.off(event, done);
        resolve();
      };
      for (const event of ['drain', 'close', 'error']) out.on(event, done);
    });
  }

  printJson(value: unknown): Promise<void> | undefined {
    return this.print(
      JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}` : each)),
    );
  }

  /** For people, beside the output. */
  say(text: string): void {
    this.streams.err.write(`${text}\n`);
  }

  /** In place on a terminal, a line each where output is kept. */
  sayInPlace(text: string): void {
    this.streams.err.write(this.isInteractive ? `\r\u001b[K${text}` : `${text}\n`);
  }

  endLine(): void {
    if (this.isInteractive) this.streams.err.write('\r\u001b[K');
  }

  get isInteractive(): boolean {
    return this.streams.err.isTTY === true;
  }
}
