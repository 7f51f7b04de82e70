import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DataDirectory, stagingPrefix, syncFolder } from './data-directory.js';
import { DataDirectoryUnusable, PostgresStartFailed, PostgresVersionMismatch } from './errors.js';
import { serverPathOf } from './server-path.js';
import { runServerTool, type ServerTools } from './server-tools.js';
import { giveTo } from './server-user.js';

export const SUPERUSER = 'imprest';
/** initdb makes it; no other database is needed for one program. */
export const DATABASE = 'postgres';

/** Major version of the PostgreSQL that wrote the cluster, undefined when there is none yet. */
export async function clusterVersion(directory: DataDirectory): Promise<string | undefined> {
  try {
    return (await readFile(join(directory.cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @throws PostgresVersionMismatch */
export function checkClusterVersion(
  directory: DataDirectory,
  dataVersion: string,
  serverVersion: string,
): void {
  if (dataVersion !== serverVersion) {
    throw new PostgresVersionMismatch(directory.path, dataVersion, serverVersion);
  }
}

/**
 * Makes an empty cluster with checksums, UTF-8 and byte order collation.
 * It gets its name only when it is complete and on disk, so a kill at any point leaves none or a whole one.
 */
export async function createCluster(
  directory: DataDirectory,
  tools: ServerTools,
  password: string,
): Promise<void> {
  const staging = await mkdtemp(stagingPrefix(directory));
  try {
    const [cluster, passwordFile] = [join(staging, 'cluster'), join(staging, 'password')];
    await mkdir(cluster, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    for (const path of [passwordFile, cluster, staging]) await giveTo(tools.user, path);
    await initdb(tools, cluster);
    await rename(cluster, directory.cluster).catch((error: Error) => {
      throw new DataDirectoryUnusable(
        directory.path,
        `${directory.cluster} is in the way and is no PostgreSQL cluster; move it away (${error.message})`,
      );
    });
    await syncFolder(directory.path);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function initdb(tools: ServerTools, cluster: string): Promise<void> {
  const path = await serverPathOf(cluster, tools.user);
  const { code, output } = await runServerTool(
    tools,
    'initdb',
    [
      `--pgdata=${path}`,
      `--username=${SUPERUSER}`,
      // Not joined: the cluster may be named by a link, whose parent is not the parent of its target.
      `--pwfile=${path}/../password`,
      '--auth=scram-sha-256',
      '--data-checksums',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ],
    { cwd: cluster },
  );
  if (code === 0) return;
  const hint = output.includes('could not look up effective user ID')
    ? `uid ${tools.user?.uid ?? process.getuid?.()} has no entry in /etc/passwd, which initdb needs. `
    : '';
  throw new PostgresStartFailed(`initdb failed with exit code ${code}. ${hint}${output.trim()}`);
}

/** Gives the superuser a new password without knowing the old one; the server must not be running. */
export async function resetPassword(
  directory: DataDirectory,
  tools: ServerTools,
  password: string,
): Promise<void> {
  const path = await serverPathOf(directory.cluster, tools.user);
  const { code, output } = await runServerTool(
    tools,
    'postgres',
    ['--single', '-D', path, DATABASE],
    { cwd: directory.cluster, input: `alter role ${SUPERUSER} password '${password}'\n` },
  );
  if (code !== 0 || /\b(ERROR|FATAL|PANIC):/.test(output)) {
    throw new PostgresStartFailed(`the password could not be set: ${output.trim()}`);
  }
}
