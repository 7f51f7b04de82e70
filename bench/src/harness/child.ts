import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Pinning, Place } from './pinning.js';

export interface ChildOptions {
  readonly place: Place;
  readonly pinning: Pinning;
  readonly env?: Readonly<Record<string, string>>;
  /** File for standard output and error; they are let through to standard error when absent. */
  readonly logFile?: string;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const LONG_TASK_MS = 600_000;
/** Fields after the name of the program, proc(5); ticks are 10 ms on every Linux Node runs on. */
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;
const MS_PER_TICK = 10;
const KIB_PER_MIB = 1_024;

/** Every measured program, floors and peers included, has the young generation that `npm start` gives. */
const MEASURED = ['--max-semi-space-size=64'];
const nodeOptionsAt = (place: Place) => (place === 'program' ? MEASURED : []);

/** A Node program of the bench in a process of its own; both sides speak JSON messages. */
export class Child<Command extends object, Answer extends object> {
  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
  ) {}

  /** Starts `programs/….js` and waits for its first message. */
  static async start<Command extends object, Answer extends object>(
    program: string,
    options: ChildOptions,
  ): Promise<{ child: Child<Command, Answer>; first: Answer }> {
    const path = fileURLToPath(new URL(`../${program}.js`, import.meta.url));
    const node = [...nodeOptionsAt(options.place), path];
    const [command, args] = options.pinning.command(options.place, process.execPath, node);
    const output = options.logFile === undefined ? 2 : openSync(options.logFile, 'a');
    const spawned = spawn(command, args, {
      stdio: ['ignore', output, output, 'ipc'],
      env: { ...process.env, NODE_ENV: 'production', ...options.env },
    });
    const child = new Child<Command, Answer>(spawned, program);
    const killWithUs = () => spawned.kill('SIGKILL');
    process.once('exit', killWithUs);
    spawned.once('exit', () => process.removeListener('exit', killWithUs));
    return { child, first: await child.next(START_TIMEOUT_MS) };
  }

  /** The answer to one command by a fresh process: what an earlier one left in memory must not help or hurt. */
  static async answer<Command extends object, Answer extends object>(
    program: string,
    options: ChildOptions,
    command: Command,
    timeoutMs = LONG_TASK_MS,
  ): Promise<Answer> {
    const { child } = await Child.start<Command, Answer>(program, options);
    try {
      return await child.ask(command, timeoutMs);
    } finally {
      await child.stop();
    }
  }

  /** CPU time of the process in user and system mode, NaN where /proc does not tell. */
  cpuMs(): number {
    if (process.platform !== 'linux') return Number.NaN;
    const stat = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS])) * MS_PER_TICK;
  }

  /** Memory of the process that is not on disk, NaN where /proc does not tell. */
  residentMiB(): number {
    if (process.platform !== 'linux') return Number.NaN;
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / KIB_PER_MIB;
  }

  /** Sends a command and waits for its answer. */
  async ask(command: Command, timeoutMs = 120_000): Promise<Answer> {
    const answer = this.next(timeoutMs);
    this.child.send(command);
    return answer;
  }

  /** @throws Error when the program ends or says `{ error }` instead */
  next(timeoutMs: number): Promise<Answer> {
    const { child, name } = this;
    return new Promise((resolve, reject) => {
      const end = (finish: () => void) => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        finish();
      };
      const onMessage = (message: Answer & { error?: string }) =>
        end(() =>
          message.error ? reject(new Error(`${name}: ${message.error}`)) : resolve(message),
        );
      const onExit = (code: number | null, signal: string | null) =>
        end(() => reject(new Error(`${name} ended (${signal ?? `exit code ${code}`})`)));
      const timer = setTimeout(
        () => end(() => reject(new Error(`${name} did not answer in ${timeoutMs} ms`))),
        timeoutMs,
      );
      child.on('message', onMessage);
      child.on('exit', onExit);
    });
  }

  /** Asks it to end, and insists when it does not. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const insist = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    child.kill('SIGTERM');
    await exited;
    clearTimeout(insist);
  }
}
