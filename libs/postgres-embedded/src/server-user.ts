import { lchown, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cannotRunAs } from './errors.js';

/** Whom the server's processes run as, when that is not ourselves. Unsigned 32 bit ids, as stat() has them. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const CONVENTIONAL_NOBODY: ServerUser = { uid: 65534, gid: 65534 };

/**
 * PostgreSQL refuses to run as root. Root therefore starts it as the owner of the existing cluster,
 * or as `nobody` for a new one: no user of the host is created or changed.
 * Undefined: the server runs as this process does.
 */
export async function chooseServerUser(cluster: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return nobodyIn(await readFile('/etc/passwd', 'utf8').catch(() => ''));
}

/** The `nobody` of a passwd(5) file. */
export function nobodyIn(passwd: string): ServerUser {
  const [, uid, gid] = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(passwd) ?? [];
  return uid === undefined || gid === undefined
    ? CONVENTIONAL_NOBODY
    : { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
}

const SEARCH = 0o1;
const READ_AND_SEARCH = 0o5;

/** Makes the user the owner of a file or folder; a link itself, not what it points to. */
export async function giveTo(user: ServerUser | undefined, path: string): Promise<void> {
  if (user === undefined) return;
  await lchown(path, user.uid, user.gid).catch((error: Error) => {
    throw cannotRunAs(user.uid, error.message);
  });
}

/** Whether the user may list a folder, or run a file, at that path. */
export async function canUse(user: ServerUser | undefined, path: string): Promise<boolean> {
  if (user === undefined) return true;
  return (
    (await permits(user, path, READ_AND_SEARCH)) && (await canPassThrough(user, dirname(path)))
  );
}

/** Whether the user may open what it knows by name in that folder. */
export async function canPassThrough(user: ServerUser | undefined, path: string): Promise<boolean> {
  if (user === undefined) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    if (!(await permits(user, folder, SEARCH))) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function permits(user: ServerUser, path: string, wanted: number): Promise<boolean> {
  const { mode, uid, gid } = await stat(path);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}
