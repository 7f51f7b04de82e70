import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type ServiceName = 'api' | 'ledger' | 'orchestrator' | 'webhooks' | 'worker';

const START_MS = 60_000;
const STOP_MS = 40_000;

const mainOf = (name: ServiceName) =>
  fileURLToPath(new URL(`../../apps/${name}/dist/main.js`, import.meta.url));

/** One real, built service as a process of its own. */
export class ServiceProcess {
  output = '';
  private exited: Promise<number | null>;

  private constructor(
    readonly name: ServiceName,
    private readonly child: ChildProcess,
  ) {
    const collect = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.exited = once(child, 'exit').then(([code]) => code);
  }

  /** Nothing is known of it yet: call `ready`, or `ended` when it is expected to refuse. */
  static spawn(name: ServiceName, environment: Readonly<Record<string, string>>): ServiceProcess {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [mainOf(name)], {
      env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'info', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new ServiceProcess(name, child);
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Address it listens on; empty for a worker, which does not. */
  get url(): string {
    return /"url":"(http:[^"]+)"/.exec(this.output)?.[1] ?? '';
  }

  /** @throws Error with its output when it ends instead */
  async ready(): Promise<this> {
    const deadline = Date.now() + START_MS;
    while (!this.output.includes('"msg":"ready"')) {
      if (!this.running || Date.now() > deadline) {
        throw new Error(`${this.name} did not get ready:\n${this.output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return this;
  }

  /** Exit code of a process that ends by itself. */
  ended(): Promise<number | null> {
    return this.exited;
  }

  /** Stands still as it is, as on a machine that swaps, until `thaw`. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** Resolves with the exit code, null when it had to be killed. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (!this.running) return this.exited;
    this.child.kill(signal);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    const code = await this.exited;
    clearTimeout(timer);
    return code;
  }
}
