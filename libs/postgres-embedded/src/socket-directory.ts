import { access, constants, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PostgresStartFailed } from './errors.js';
import { canPassThrough, giveTo, type ServerUser } from './server-user.js';

export const SOCKET_PORT = 5432;
const PREFIX = 'imprest-';
const SOCKET_FILE = `.s.PGSQL.${SOCKET_PORT}`;
/** sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const SOCKET_PATH_LIMIT = 103;

/**
 * A new folder for the server's socket, private to the user the server runs as.
 * @throws PostgresStartFailed when no temporary folder is short enough and open to that user.
 */
export async function createSocketDirectory(
  user: ServerUser | undefined,
  bases: readonly string[] = [tmpdir(), '/tmp'],
): Promise<string> {
  for (const base of bases) {
    const longest = join(base, `${PREFIX}XXXXXX`, SOCKET_FILE);
    if (Buffer.byteLength(longest) > SOCKET_PATH_LIMIT) continue;
    if (!(await isFolderFor(user, base))) continue;
    const folder = await mkdtemp(join(base, PREFIX));
    await giveTo(user, folder);
    return folder;
  }
  throw new PostgresStartFailed(
    `none of ${bases.join(', ')} can hold the server's socket: its path may have ` +
      `${SOCKET_PATH_LIMIT} bytes and the server must be able to reach it; set TMPDIR to such a folder`,
  );
}

async function isFolderFor(user: ServerUser | undefined, base: string): Promise<boolean> {
  try {
    await access(base, constants.W_OK);
    return await canPassThrough(user, base);
  } catch {
    return false;
  }
}

/** Removes a socket folder of this launcher; a path of any other shape is left alone. */
export async function removeSocketDirectory(folder: string): Promise<void> {
  if (!/^imprest-[A-Za-z0-9]{6}$/.test(basename(folder))) return;
  for (const file of [SOCKET_FILE, `${SOCKET_FILE}.lock`]) {
    await rm(join(folder, file), { force: true }).catch(() => {});
  }
  await rmdir(folder).catch(() => {});
}
