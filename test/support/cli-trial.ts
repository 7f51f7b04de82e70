import { Writable } from 'node:stream';
import { runCli, Terminal } from '@imprest/cli';
import type { Command } from 'commander';

export interface CliOutcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Of standard output, one JSON document each. */
  readonly json: () => readonly Record<string, unknown>[];
}

class Kept extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** A command line of one's own process: what it prints is kept, and it can be interrupted. */
export class CliTrial {
  private terminal: Terminal | undefined;

  constructor(
    private readonly commandsOf: (terminal: Terminal) => readonly Command[],
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  async run(...args: readonly string[]): Promise<CliOutcome> {
    const [out, err] = [new Kept(), new Kept()];
    this.terminal = new Terminal(this.environment, { out, err });
    const code = await runCli(this.commandsOf(this.terminal), args, this.terminal);
    const lines = () => out.text.split('\n').filter((line) => line !== '');
    const json = () => lines().map((line) => JSON.parse(line) as Record<string, unknown>);
    return { code, out: out.text, err: err.text, json };
  }

  interrupt(): void {
    this.terminal?.interrupt();
  }
}
