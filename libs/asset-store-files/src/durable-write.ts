import { randomUUID } from 'node:crypto';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isErrno } from './errno.js';

const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

/** Creates the directory and those above it, for the owner alone; one that exists is left as it is. */
export async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: DIRECTORY_MODE });
}

/**
 * Writes to a temporary file, then moves it into place: after a crash at any moment the target is the old
 * file, the new one, or still absent. Resolves when file and directory entry are on disk.
 */
export async function writeDurably(
  temporaryDirectory: string,
  target: string,
  bytes: Uint8Array,
): Promise<void> {
  const temporary = join(temporaryDirectory, randomUUID());
  try {
    const handle = await open(temporary, 'wx', FILE_MODE);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await moveInto(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** Removes temporary files last written before the time: what crashed writers left behind. */
export async function sweepTemporaryFiles(temporaryDirectory: string, before: Date): Promise<void> {
  for await (const entry of await opendir(temporaryDirectory)) {
    const file = join(temporaryDirectory, entry.name);
    const writtenAt = await stat(file).then(
      ({ mtime }) => mtime,
      () => before,
    );
    if (entry.isFile() && writtenAt < before) await rm(file, { force: true });
  }
}

async function moveInto(temporary: string, target: string): Promise<void> {
  const directory = dirname(target);
  try {
    await rename(temporary, target);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
    await makeDirectory(directory);
    await syncDirectory(dirname(directory));
    await rename(temporary, target);
  }
  await syncDirectory(directory);
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows opens no directories and orders their updates itself.
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
