import { spawn, spawnSync } from 'node:child_process';
import { chmod, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { EmbeddedPostgres } from '@imprest/postgres-embedded';
import { Client } from 'pg';

const SOURCE = fileURLToPath(new URL('../src/slow-fdatasync.c', import.meta.url));
const START_TIMEOUT_MS = 20_000;

/** Why a slow disk cannot be simulated here; undefined when it can. */
export function slowDiskUnavailable(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux (LD_PRELOAD and /proc)';
  if (spawnSync('gcc', ['--version']).error !== undefined) return 'needs gcc, which is not here';
  return undefined;
}

/** @returns path of a library that makes each fdatasync take `ms` longer; any user can load it */
export async function compileSlowDisk(folder: string, ms: number): Promise<string> {
  const library = join(folder, 'slow-fdatasync.so');
  const sleep = `-DSLEEP_NS=${Math.round(ms * 1e6)}L`;
  const args = ['-shared', '-fPIC', '-O2', sleep, '-o', library, SOURCE, '-ldl'];
  const { status, stderr } = spawnSync('gcc', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`gcc could not compile ${SOURCE}: ${stderr}`);
  await chmod(library, 0o755);
  return library;
}

/**
 * Starts a running server again, the same in everything but the preloaded library: the launcher hands
 * no environment through, and the product needs none.
 * @returns stops it again
 */
export async function restartPreloaded(
  server: EmbeddedPostgres,
  library: string,
): Promise<() => Promise<void>> {
  const proc = `/proc/${server.processId}`;
  const nulSeparated = async (file: string) =>
    (await readFile(`${proc}/${file}`, 'utf8')).split('\0').slice(0, -1);
  const [, ...args] = await nulSeparated('cmdline');
  const environment = (await nulSeparated('environ')).map((entry) => entry.split(/=(.*)/s, 2));
  const status = await readFile(`${proc}/status`, 'utf8');
  const id = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  const [program, cwd] = [await readlink(`${proc}/exe`), await readlink(`${proc}/cwd`)];
  const ids = process.getuid?.() === 0 ? { uid: id('Uid'), gid: id('Gid') } : {};
  process.kill(server.processId, 'SIGINT');
  await server.exited;
  const env = { ...Object.fromEntries(environment), LD_PRELOAD: library };
  const child = spawn(program, args, { cwd, env, ...ids, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const interrupt = () => child.kill('SIGINT');
  process.once('exit', interrupt);
  await answering(server.connectionString, () => child.exitCode);
  return async () => {
    process.removeListener('exit', interrupt);
    interrupt();
    await ended;
  };
}

async function answering(connectionString: string, exitCode: () => number | null): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new Client({ connectionString });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (exitCode() !== null || performance.now() > deadline) throw error;
    }
    await delay(20);
  }
}
