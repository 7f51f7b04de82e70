import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FaultSettings } from '../faults.js';

export interface ServerProcessOptions {
  readonly dataFile?: string;
  readonly sync?: boolean;
}

interface Started {
  readonly connectionString: string;
  readonly controlPort: number;
}

/** Built code, since a process of its own knows nothing of the test runner's compiler. */
const MAIN = fileURLToPath(new URL('../../../dist/eventstoredb-server/main.js', import.meta.url));

/** The server as a process of its own: it can be killed and started again on its port and file. */
export class EventStoreDbServerProcess {
  private constructor(
    private readonly options: ServerProcessOptions,
    private child: ChildProcess,
    private started: Started,
  ) {}

  static async start(options: ServerProcessOptions = {}): Promise<EventStoreDbServerProcess> {
    const { child, started } = await launch(options, 0);
    return new EventStoreDbServerProcess(options, child, started);
  }

  get connectionString(): string {
    return this.started.connectionString;
  }

  /** As a failing machine: nothing is flushed, nobody is told. */
  async kill(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  async restart(): Promise<void> {
    const port = Number(new URL(this.connectionString).port);
    const { child, started } = await launch(this.options, port);
    this.child = child;
    this.started = started;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }

  setFaults(settings: Partial<FaultSettings>): Promise<unknown> {
    return this.control('POST', '/faults', settings);
  }

  restore(): Promise<unknown> {
    return this.control('POST', '/restore');
  }

  dropConnections(): Promise<unknown> {
    return this.control('POST', '/drop-connections');
  }

  state(): Promise<{ readonly events: number; readonly head: number }> {
    return this.control('GET', '/state');
  }

  private async control<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const url = `http://127.0.0.1:${this.started.controlPort}${path}`;
    const response = await fetch(url, { method, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} was refused: ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}

async function launch(
  { dataFile, sync }: ServerProcessOptions,
  port: number,
): Promise<{ readonly child: ChildProcess; readonly started: Started }> {
  if (!existsSync(MAIN))
    throw new Error('libs/testkit has to be built first: npx tsc -b libs/testkit');
  const file = dataFile === undefined ? [] : ['--data', dataFile];
  const flags = ['--stop-with-input', '--port', String(port), ...(sync ? ['--sync'] : [])];
  const child = spawn(process.execPath, [MAIN, ...flags, ...file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the server ended with code ${code} before it was ready`);
    }),
  ])) as [string];
  return { child, started: JSON.parse(line) as Started };
}
