import {
  access,
  chmod,
  constants,
  mkdir,
  open,
  readdir,
  realpath,
  rm,
  stat,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DataDirectoryUnusable } from './errors.js';
import { giveTo, type ServerUser } from './server-user.js';

/** The launcher's folder. All files of one server are below it, sockets excepted. */
export interface DataDirectory {
  readonly path: string;
  /** What PostgreSQL calls its data directory. */
  readonly cluster: string;
  /** Password of the database superuser, readable by the owner of this process only. */
  readonly passwordFile: string;
  /** Link to the folder of the server's socket, which has to be somewhere with a short path. */
  readonly socketLink: string;
}

const OPEN_TO_PASS_THROUGH = 0o711;
const STAGING_PREFIX = 'initdb-';

/** Creates the folder when there is none, and leaves the mode of an existing one alone. */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  const absolute = resolve(path);
  try {
    const firstCreated = await mkdir(absolute, { recursive: true, mode: 0o700 });
    if (firstCreated !== undefined && process.getuid?.() === 0) {
      await letServerPass(firstCreated, absolute);
    }
    const real = await realpath(absolute);
    await access(real, constants.W_OK);
    return {
      path: real,
      cluster: join(real, 'cluster'),
      passwordFile: join(real, 'password'),
      socketLink: join(real, 'socket'),
    };
  } catch (error) {
    throw new DataDirectoryUnusable(absolute, (error as Error).message);
  }
}

/** Root's server runs as another user, in a folder of its own below this one. */
async function letServerPass(first: string, last: string): Promise<void> {
  for (let folder = last; ; folder = dirname(folder)) {
    await chmod(folder, OPEN_TO_PASS_THROUGH);
    if (folder === first || folder === dirname(folder)) return;
  }
}

/** Folder for a cluster in the making: only a finished one may bear the name `cluster`. */
export function stagingPrefix(directory: DataDirectory): string {
  return join(directory.path, STAGING_PREFIX);
}

/** Removes what a process killed in the middle of initdb left behind. Only the owner may call it. */
export async function removeStaging(directory: DataDirectory): Promise<void> {
  for (const entry of await readdir(directory.path)) {
    if (!entry.startsWith(STAGING_PREFIX)) continue;
    // An initdb that outlived its parent may still add files while they are being removed.
    await rm(join(directory.path, entry), { recursive: true, force: true, maxRetries: 10 });
  }
}

/**
 * Gives the cluster the owner and mode PostgreSQL insists on, which a restored backup or a mounted
 * volume may have lost.
 * @throws DataDirectoryUnusable when it belongs to another user and this process may not change that.
 */
export async function claimCluster(
  directory: DataDirectory,
  user: ServerUser | undefined,
): Promise<void> {
  const { uid } = await stat(directory.cluster);
  if (user !== undefined && uid !== user.uid) await giveAllTo(user, directory.cluster);
  const self = process.getuid?.();
  if (user === undefined && self !== undefined && uid !== self) {
    throw new DataDirectoryUnusable(
      directory.path,
      `its cluster belongs to uid ${uid} and this process runs as uid ${self}; run it as that user ` +
        'or as root, or change the owner of the whole directory',
    );
  }
  await chmod(directory.cluster, 0o700);
}

async function giveAllTo(user: ServerUser, folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true })) {
    await giveTo(user, join(folder, entry));
  }
  await giveTo(user, folder);
}

/** Makes renames and new files in a folder survive a power failure. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
