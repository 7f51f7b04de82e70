import type { DataDirectory } from './data-directory.js';
import { disownPostmasterFile, readPostmasterFile } from './postmaster-file.js';
import { commandLine, processStart } from './process-identity.js';
import type { ServerTools } from './server-tools.js';
import { clusterName } from './settings.js';
import { stopPostmaster } from './stop-postmaster.js';

/**
 * Deals with a server whose owner was killed: it may still be running, or its postmaster.pid may be
 * left and name a process that has nothing to do with it by now. Only the owner may call this.
 */
export async function settlePreviousServer(
  directory: DataDirectory,
  tools: ServerTools,
  log: (line: string) => void,
): Promise<void> {
  const left = await readPostmasterFile(directory.cluster);
  if (left === undefined) return;
  if (await isServerOf(directory, left.processId)) {
    log(`stopping PostgreSQL process ${left.processId}, left behind by an owner that was killed`);
    await stopPostmaster(left.processId, directory.cluster, tools);
  } else if ((await processStart(left.processId)) !== undefined) {
    log(`process ${left.processId} of postmaster.pid is not PostgreSQL any more`);
    await disownPostmasterFile(directory.cluster);
  }
}

async function isServerOf(directory: DataDirectory, processId: number): Promise<boolean> {
  const command = await commandLine(processId);
  return process.platform === 'win32'
    ? command.includes('postgres.exe')
    : command.includes(`cluster_name=${clusterName(directory.path)}`);
}
