import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { PostgresStartFailed } from './errors.js';
import { readPostmasterFile } from './postmaster-file.js';
import { serverPathOf } from './server-path.js';
import { explainSpawnError, type ServerTools, toolPath, toolSpawnOptions } from './server-tools.js';
import { type Settings, settingArguments } from './settings.js';

export interface ServerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server that takes connections. */
export interface Postmaster {
  readonly processId: number;
  /** Settles when the server is gone, whoever stopped it. Never rejects. */
  readonly exited: Promise<ServerExit>;
}

export interface PostmasterOptions {
  readonly cluster: string;
  readonly settings: Settings;
  readonly log: (line: string) => void;
}

/** Recovery after a crash replays up to max_wal_size before the server is ready. */
const START_TIMEOUT_MS = 600_000;
const POLL_MS = 5;
const KEPT_LINES = 30;

/**
 * Runs the server as a child in a session of its own, so that a Ctrl-C in the terminal reaches us
 * alone and we end it in order. It outlives us if we are killed.
 * @throws PostgresStartFailed with the end of the server's log.
 */
export async function startPostmaster(
  tools: ServerTools,
  options: PostmasterOptions,
): Promise<Postmaster> {
  const path = await serverPathOf(options.cluster, tools.user);
  const child = spawn(
    toolPath(tools, 'postgres'),
    ['-D', path, ...settingArguments(options.settings)],
    {
      ...toolSpawnOptions(tools),
      cwd: options.cluster,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const lastLines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastLines.push(line);
    if (lastLines.length > KEPT_LINES) lastLines.shift();
    options.log(line);
  });
  const failedToSpawn = new Promise<never>((_, reject) => {
    child.once('error', async (error) => reject(await explainSpawnError(error, tools, 'postgres')));
  });
  const exited = new Promise<ServerExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const ended = new Promise<never>((_, reject) => {
    // 'close' follows 'exit' when the log has been read to its end.
    child.once('close', (code, signal) => {
      const how = signal ?? `exit code ${code}`;
      const lines = lastLines.join('\n');
      reject(new PostgresStartFailed(`PostgreSQL ended while starting (${how}):\n${lines}`));
    });
  });
  const giveUp = new AbortController();
  try {
    await Promise.race([failedToSpawn, ended, ready(options.cluster, child.pid, giveUp.signal)]);
  } catch (error) {
    child.kill('SIGQUIT');
    throw error;
  } finally {
    giveUp.abort();
  }
  return { processId: child.pid as number, exited };
}

async function ready(
  cluster: string,
  processId: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!signal.aborted) {
    const file = await readPostmasterFile(cluster);
    if (file?.processId === processId && file?.status === 'ready') return;
    if (performance.now() > deadline) {
      throw new PostgresStartFailed(`PostgreSQL is not ready after ${START_TIMEOUT_MS} ms`);
    }
    await delay(POLL_MS);
  }
}
