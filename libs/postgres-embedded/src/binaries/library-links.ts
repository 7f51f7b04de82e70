import { access, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A library under the name the programs ask for, for example libpq.so.5 for libpq.so.5.18. */
interface LibraryLink {
  /** Both from the folder above `native`. */
  readonly source: string;
  readonly target: string;
}

/**
 * An npm archive cannot carry symbolic links: the package lists them in a file and makes them in an
 * install script, which npm does not run everywhere.
 */
export async function readLibraryLinks(native: string): Promise<readonly LibraryLink[]> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return JSON.parse(list) as LibraryLink[];
}

export async function hasLibraryLinks(native: string): Promise<boolean> {
  const links = await readLibraryLinks(native);
  const found = await Promise.all(
    links.map(({ target }) =>
      access(join(dirname(native), target)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}

/** Makes the missing links in a folder of ours. Made anew each time: the package may have moved. */
export async function linkLibraries(native: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o755 });
  for (const { source, target } of await readLibraryLinks(native)) {
    await symlink(join(dirname(native), source), join(folder, basename(target)));
  }
}
