import { DataDirectoryUnusable } from './errors.js';
import { canUse, type ServerUser } from './server-user.js';

/**
 * The name by which the server's processes find a cluster folder that is their working directory.
 *
 * Root keeps programs below folders nobody else may pass through, such as /root. A process can still
 * work in a folder it was placed in, and Linux offers that folder as /proc/self/cwd, which is opened
 * without walking the folders above: the cluster stays where it was asked for, no mode is changed.
 */
export async function serverPathOf(cluster: string, user: ServerUser | undefined): Promise<string> {
  if (await canUse(user, cluster)) return cluster;
  if (process.platform === 'linux') return '/proc/self/cwd';
  throw new DataDirectoryUnusable(
    cluster,
    `the server runs as uid ${user?.uid}, which may not pass through the folders above it; ` +
      'choose a data directory outside of private folders',
  );
}
