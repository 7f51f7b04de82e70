import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface ExampleProgram {
  readonly file: string;
  readonly command: readonly string[];
  /** Asked for its exit code to see whether the command is there. */
  readonly needs: readonly string[];
}

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

/** How a file of `examples` is run, by its ending; those in TypeScript as the build left them. */
export function exampleProgram(file: string): ExampleProgram {
  const path = examples + file;
  const built = `${examples}dist/${file.replace(/\.ts$/, '.js')}`;
  if (file.endsWith('.sh')) return { file, command: ['sh', path], needs: ['curl', '--version'] };
  if (file.endsWith('.py')) return { file, command: ['python3', path], needs: ['python3', '-V'] };
  return { file, command: [process.execPath, built], needs: [process.execPath, '-v'] };
}

export function isThere([command = '', ...rest]: readonly string[]): boolean {
  return spawnSync(command, rest, { stdio: 'ignore' }).status === 0;
}

/** What a program prints; it works in that folder. @throws Error with what it complained of */
export async function runProgram(
  [command = '', ...rest]: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...environment };
  const options = { cwd: folder, env, timeout: 60_000 };
  const { stdout } = await promisify(execFile)(command, rest, options);
  return stdout;
}
