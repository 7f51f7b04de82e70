import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newApiKey } from '@imprest/application';

const MAIN = fileURLToPath(new URL('../../apps/imprest/dist/main.js', import.meta.url));
const START_MS = 60_000;
const STOP_MS = 30_000;

/** The real, built program as a process of its own, on a data directory that survives its restarts. */
export class ImprestProgram {
  readonly demoKey = newApiKey('test').key;
  readonly adminKey = `imp_admin_${randomBytes(32).toString('hex')}`;
  output = '';
  url = '';
  private child: ChildProcess | undefined;

  private constructor(
    readonly dataDirectory: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** Nothing runs yet: call `start`. */
  static async create(environment: Readonly<Record<string, string>> = {}): Promise<ImprestProgram> {
    return new ImprestProgram(await mkdtemp(join(tmpdir(), 'imprest-')), environment);
  }

  get pid(): number {
    if (this.child?.pid === undefined) throw new Error('the program does not run');
    return this.child.pid;
  }

  /** Resolves when the program says that it is ready. @throws Error with its output when it ends instead */
  async start(more: Readonly<Record<string, string>> = {}): Promise<this> {
    this.output = '';
    const child = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        LOG_LEVEL: 'warn',
        PORT: '0',
        IMPREST_DATA_DIR: this.dataDirectory,
        IMPREST_DEMO_KEY: this.demoKey,
        IMPREST_ADMIN_KEY: this.adminKey,
        WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8',
        NEW_ACCOUNT_CREDITS: '0',
        ...this.environment,
        ...more,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    const collect = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    await this.untilReady(child);
    return this;
  }

  /** As Ctrl-C would. Resolves with the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return null;
    const exited = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    const [code] = await exited;
    clearTimeout(timer);
    this.child = undefined;
    return code;
  }

  async kill(): Promise<void> {
    await this.stop('SIGKILL');
  }

  /** Stops it if it runs and removes its data. */
  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.dataDirectory, { recursive: true, force: true });
  }

  private async untilReady(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline) {
      const address = /address +(http:\S+)/.exec(this.output);
      if (address?.[1] !== undefined) {
        this.url = address[1];
        return;
      }
      if (child.exitCode !== null || child.signalCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    const how = child.exitCode ?? child.signalCode ?? 'still running';
    throw new Error(`the program did not get ready (${how}):\n${this.output}`);
  }
}
