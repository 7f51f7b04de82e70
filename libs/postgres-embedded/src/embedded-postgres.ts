import { setTimeout as delay } from 'node:timers/promises';
import { prepareInstallation } from './binaries/installation.js';
import { locatePlatformPackage } from './binaries/platform-package.js';
import { checkClusterVersion, clusterVersion, createCluster, resetPassword } from './cluster.js';
import {
  claimCluster,
  type DataDirectory,
  openDataDirectory,
  removeStaging,
} from './data-directory.js';
import { createEndpoint } from './endpoint.js';
import { acquireOwnerLock } from './owner-lock.js';
import { newPassword, readPassword, storePassword } from './password.js';
import { type Postmaster, type ServerExit, startPostmaster } from './postmaster.js';
import { startWindowsPostmaster } from './postmaster-windows.js';
import { settlePreviousServer } from './previous-server.js';
import type { ServerTools } from './server-tools.js';
import { chooseServerUser } from './server-user.js';
import { clusterName, type Settings, serverSettings } from './settings.js';
import { stopPostmaster } from './stop-postmaster.js';

export interface EmbeddedPostgresOptions {
  /** Folder of the launcher alone; created when missing. */
  readonly dataDirectory: string;
  /** Takes the server's log and the launcher's own remarks, line by line. */
  readonly log?: (line: string) => void;
  /** Size with unit, for example 512MB. */
  readonly sharedBuffers?: string;
  /** Further postgresql.conf settings by name. */
  readonly settings?: Settings;
}

export interface EmbeddedPostgres {
  /** For node-postgres and TypeORM. Carries the password: not for logs. */
  readonly connectionString: string;
  readonly processId: number;
  /** Settles when the server is gone, be it by `stop` or by itself. Never rejects. */
  readonly exited: Promise<ServerExit>;
  /** Rolls back what is open, checkpoints, ends the server and gives the data directory up. Safe to repeat. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL server that comes with the program, making its data directory first when there
 * is none. One process at a time owns a data directory.
 * @throws PostgresBinariesUnavailable, DataDirectoryInUse, DataDirectoryUnusable,
 *   PostgresVersionMismatch, PostgresStartFailed
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const directory = await openDataDirectory(options.dataDirectory);
  const lock = await acquireOwnerLock(directory.path);
  try {
    return await startOwned(directory, options, () => lock.release());
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startOwned(
  directory: DataDirectory,
  options: EmbeddedPostgresOptions,
  release: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {});
  const source = await locatePlatformPackage();
  const user = await chooseServerUser(directory.cluster);
  const tools: ServerTools = {
    installation: await prepareInstallation(source, directory.path, user),
    user,
  };
  const password = await prepareCluster(directory, tools, source.majorVersion, log);
  const endpoint = await createEndpoint(directory, user);
  try {
    const settings = serverSettings(
      {
        ...(options.sharedBuffers !== undefined && { shared_buffers: options.sharedBuffers }),
        ...options.settings,
      },
      { ...endpoint.settings, cluster_name: clusterName(directory.path) },
    );
    const postmaster = await startWhenFree(tools, { cluster: directory.cluster, settings, log });
    let gone = false;
    void postmaster.exited.then(() => {
      gone = true;
    });
    return running(postmaster, endpoint.connectionString(password), async () => {
      // Its process id may be another program's by now.
      if (!gone) await stopPostmaster(postmaster.processId, directory.cluster, tools);
      await endpoint.remove();
      await release();
    });
  } catch (error) {
    await endpoint.remove();
    throw error;
  }
}

/** Leaves a complete cluster with no server on it, and answers its password. */
async function prepareCluster(
  directory: DataDirectory,
  tools: ServerTools,
  serverVersion: string,
  log: (line: string) => void,
): Promise<string> {
  await removeStaging(directory);
  const known = await readPassword(directory.passwordFile);
  const password = known ?? newPassword();
  const dataVersion = await clusterVersion(directory);
  if (dataVersion === undefined) {
    await createCluster(directory, tools, password);
  } else {
    checkClusterVersion(directory, dataVersion, serverVersion);
    await claimCluster(directory, tools.user);
    await settlePreviousServer(directory, tools, log);
    if (known === undefined) {
      log('the password file is missing or damaged: setting a new password');
      await resetPassword(directory, tools, password);
    }
  }
  // Last: a kill before this line leaves no password that the cluster does not know.
  if (known === undefined) await storePassword(directory.passwordFile, password);
  return password;
}

const BACKENDS_AT_WORK = 'pre-existing shared memory block';
const BACKENDS_TIMEOUT_MS = 20_000;
const BACKENDS_RETRY_MS = 100;

/** A server that was killed alone leaves backends that end when they notice: the next one must wait. */
async function startWhenFree(
  tools: ServerTools,
  options: Parameters<typeof startPostmaster>[1],
): Promise<Postmaster> {
  const start = process.platform === 'win32' ? startWindowsPostmaster : startPostmaster;
  const deadline = performance.now() + BACKENDS_TIMEOUT_MS;
  for (;;) {
    try {
      return await start(tools, options);
    } catch (error) {
      const busy = (error as Error).message.includes(BACKENDS_AT_WORK);
      if (!busy || performance.now() > deadline) throw error;
    }
    await delay(BACKENDS_RETRY_MS);
  }
}

function running(
  postmaster: Postmaster,
  connectionString: string,
  shutDown: () => Promise<void>,
): EmbeddedPostgres {
  const { processId, exited } = postmaster;
  // A program that ends without stop() still takes its server along.
  const onProcessExit = () => {
    try {
      process.kill(processId, 'SIGINT');
    } catch {}
  };
  const forget = () => process.removeListener('exit', onProcessExit);
  process.once('exit', onProcessExit);
  void exited.then(forget);
  let stopping: Promise<void> | undefined;
  return {
    connectionString,
    processId,
    exited,
    stop: () => {
      stopping ??= shutDown().finally(forget);
      return stopping;
    },
  };
}
