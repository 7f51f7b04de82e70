import { type SpawnOptions, spawn } from 'node:child_process';

export interface ToolResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** Standard output and error as they came, the last 64 KiB. */
  readonly output: string;
}

export interface ToolOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> {
  readonly input?: string;
  readonly timeoutMs?: number;
}

const OUTPUT_LIMIT = 65_536;

/**
 * Runs a program to its end, out of reach of a Ctrl-C meant for us. Arguments go to it unquoted.
 * @throws the spawn error when it could not be run at all; an exit code is a result.
 */
export function runTool(
  program: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  const { input = '', timeoutMs = 60_000, ...spawnOptions } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...spawnOptions,
      detached: process.platform !== 'win32',
      windowsHide: true,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_LIMIT);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
    // A program that ends without reading its input is judged by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
