import { setTimeout as delay } from 'node:timers/promises';
import { PostgresStartFailed } from './errors.js';
import { processStart } from './process-identity.js';
import { runServerTool, type ServerTools } from './server-tools.js';

/** A checkpoint on a slow disk takes its time; anything longer is a hang. */
const FAST_TIMEOUT_MS = 60_000;
/** Children of a server get 5 seconds from it before they are killed. */
const IMMEDIATE_TIMEOUT_MS = 15_000;
const POLL_MS = 5;

/**
 * Shuts a server down and resolves when its process is gone: open transactions are rolled back, all
 * committed work is checkpointed. One that hangs is told to quit; the next start then recovers.
 */
export async function stopPostmaster(
  processId: number,
  cluster: string,
  tools: ServerTools,
): Promise<void> {
  for (const [mode, timeoutMs] of [
    ['fast', FAST_TIMEOUT_MS],
    ['immediate', IMMEDIATE_TIMEOUT_MS],
  ] as const) {
    await requestShutdown(processId, mode, cluster, tools);
    if (await isGoneWithin(processId, timeoutMs)) return;
  }
  throw new PostgresStartFailed(`PostgreSQL process ${processId} does not stop`);
}

/** What `pg_ctl stop` does, which has to be asked on Windows only: there are no signals there. */
async function requestShutdown(
  processId: number,
  mode: 'fast' | 'immediate',
  cluster: string,
  tools: ServerTools,
): Promise<void> {
  if (process.platform === 'win32') {
    await runServerTool(tools, 'pg_ctl', ['stop', '-W', '-m', mode, '-D', cluster], {
      cwd: cluster,
    });
    return;
  }
  try {
    process.kill(processId, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function isGoneWithin(processId: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    if ((await processStart(processId)) === undefined) return true;
    await delay(POLL_MS);
  }
  return false;
}
