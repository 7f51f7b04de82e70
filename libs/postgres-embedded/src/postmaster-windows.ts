import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PostgresStartFailed } from './errors.js';
import type { Postmaster, PostmasterOptions, ServerExit } from './postmaster.js';
import { readPostmasterFile } from './postmaster-file.js';
import { processStart } from './process-identity.js';
import { runServerTool, type ServerTools } from './server-tools.js';
import { settingArguments } from './settings.js';

const START_TIMEOUT_SECONDS = 240;
const WATCH_MS = 500;

/**
 * PostgreSQL on Windows refuses the rights of an administrator; pg_ctl gives them up before it starts
 * the server. That server is not our child: its log is a file, and its end is noticed by looking.
 */
export async function startWindowsPostmaster(
  tools: ServerTools,
  options: PostmasterOptions,
): Promise<Postmaster> {
  const { cluster } = options;
  const log = join(cluster, '..', 'server.log');
  const args = settingArguments(options.settings).map((argument) => `"${argument}"`);
  const { code, output } = await runServerTool(
    tools,
    'pg_ctl',
    [
      ...['start', '-w', '-t', String(START_TIMEOUT_SECONDS), '-D', cluster, '-l', log],
      ...['-o', args.join(' ')],
    ],
    { cwd: cluster },
  );
  const file = await readPostmasterFile(cluster);
  if (code !== 0 || file === undefined) {
    throw new PostgresStartFailed(`PostgreSQL did not start, see ${log}: ${output.trim()}`);
  }
  return { processId: file.processId, exited: watch(file.processId) };
}

async function watch(processId: number): Promise<ServerExit> {
  while ((await processStart(processId)) !== undefined) {
    await delay(WATCH_MS, undefined, { ref: false });
  }
  return { code: null, signal: null };
}

/** A port of the loopback interface nobody listens on at this moment. */
export function freeLoopbackPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      );
    });
  });
}
