import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));

export interface CliEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** The built command line as a process of its own. */
export class CliProgram {
  out = '';
  err = '';
  readonly ended: Promise<CliEnd>;
  private readonly child: ChildProcess;

  constructor(environment: Readonly<Record<string, string>>, args: readonly string[]) {
    this.child = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.out += chunk.toString();
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.err += chunk.toString();
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code, signal) =>
        resolve({ code, signal, out: this.out, err: this.err }),
      );
    });
  }

  /** Its reader goes away, as `head` does when it has seen enough. */
  closeOutput(): void {
    this.child.stdout?.destroy();
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async until(seen: (out: string) => boolean, timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!seen(this.out)) {
      if (Date.now() > deadline) throw new Error(`not seen in time:\n${this.out}\n${this.err}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

export function runCli(
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<CliEnd> {
  return new CliProgram(environment, args).ended;
}
