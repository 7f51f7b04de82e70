import { randomUUID } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  copyFile,
  mkdir,
  readdir,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readLibraryLinks } from './library-links.js';

/** What only building against PostgreSQL needs. */
const NOT_NEEDED_TO_RUN = /(\.a|[\\/]pkgconfig|[\\/]pgxs|[\\/]include)$/;

/**
 * Copies the binaries to where every user may run them, library links included.
 * A copy of that name is complete: it is made under another name and renamed.
 */
export async function copyNative(native: string, target: string): Promise<void> {
  if (await exists(target)) return;
  const unfinished = `${target}.${randomUUID()}.unfinished`;
  await copyFolder(native, unfinished);
  for (const { source, target: link } of await readLibraryLinks(native)) {
    // Both ends lie in one folder, so the name alone keeps the link valid wherever the copy goes.
    await symlink(basename(source), join(unfinished, link.replace(/^native[\\/]/, '')));
  }
  try {
    await rename(unfinished, target);
  } catch (error) {
    // Another data directory's start may have finished the same copy in a shared folder meanwhile.
    await rm(unfinished, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (NOT_NEEDED_TO_RUN.test(source)) return;
      if (entry.isDirectory()) await copyFolder(source, target);
      else if (entry.isFile()) await copyPlainFile(source, target);
    }),
  );
}

async function copyPlainFile(source: string, target: string): Promise<void> {
  // The mode of the source comes along, except for what an installing root's umask may have taken.
  await copyFile(source, target, constants.COPYFILE_FICLONE);
  const { mode } = await stat(target);
  const wanted = mode & 0o100 ? 0o755 : 0o644;
  if ((mode & 0o777) !== wanted) await chmod(target, wanted);
}
