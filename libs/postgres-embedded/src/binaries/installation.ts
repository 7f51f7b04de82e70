import { chmod, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataDirectoryUnusable } from '../errors.js';
import { canPassThrough, canUse, type ServerUser } from '../server-user.js';
import { hasLibraryLinks, linkLibraries } from './library-links.js';
import { copyNative } from './native-copy.js';
import type { PlatformPackage } from './platform-package.js';

/** Binaries the server's user can run. */
export interface Installation {
  readonly bin: string;
  /** LD_LIBRARY_PATH, where the programs do not find their libraries by themselves. */
  readonly libraryPath?: string;
}

const SYSTEM_CACHE = '/var/cache/imprest';
const COPY_PREFIX = 'native-';

/**
 * Uses the binaries where npm put them when the server's user can run them there, and a copy beside
 * the data when not: root's server runs as another user, who cannot enter a program below /root.
 */
export async function prepareInstallation(
  source: PlatformPackage,
  dataDirectory: string,
  user: ServerUser | undefined,
): Promise<Installation> {
  const dataIsOpen = await canPassThrough(user, dataDirectory);
  if (await runsFrom(source.native, user)) {
    const bin = join(source.native, 'bin');
    if (await hasLibraryLinks(source.native)) return { bin };
    const links = join(dataDirectory, 'libraries');
    // A library found through a link looks for its own needs beside the link, hence the second folder.
    const libraryPath = `${links}:${join(source.native, 'lib')}`;
    if (dataIsOpen && canBeLibraryPath(libraryPath)) {
      await linkLibraries(source.native, links);
      return { bin, libraryPath };
    }
  }
  const name = `${COPY_PREFIX}${source.version}`;
  const folder = dataIsOpen ? dataDirectory : await systemCache(dataDirectory, user);
  await copyNative(source.native, join(folder, name));
  if (dataIsOpen) await removeOtherCopies(dataDirectory, name);
  return { bin: join(folder, name, 'bin') };
}

/**
 * macOS strips library paths from the environment of /bin/sh, through which initdb runs postgres; and
 * nothing can quote the separators of ld.so(8).
 */
function canBeLibraryPath(libraryPath: string): boolean {
  return process.platform === 'linux' && libraryPath.split(/[:;]/).length === 2;
}

async function runsFrom(native: string, user: ServerUser | undefined): Promise<boolean> {
  const parts = [join('bin', 'postgres'), 'lib', 'share'].map((part) => join(native, part));
  for (const part of parts) {
    if (user !== undefined && !(await canUse(user, part))) return false;
  }
  return true;
}

/** Copies of other versions, and copies a killed process did not finish. */
async function removeOtherCopies(folder: string, name: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(COPY_PREFIX) || entry === name) continue;
    await rm(join(folder, entry), { recursive: true, force: true });
  }
}

/** A folder of the system, for when the server's user cannot reach into the data directory either. */
async function systemCache(dataDirectory: string, user: ServerUser | undefined): Promise<string> {
  const created = await mkdir(SYSTEM_CACHE, { recursive: true });
  if (created !== undefined) await chmod(SYSTEM_CACHE, 0o755);
  const { uid, mode } = await stat(SYSTEM_CACHE);
  const ours = uid === process.getuid?.() && (mode & 0o022) === 0;
  if (ours && (await canPassThrough(user, SYSTEM_CACHE))) return SYSTEM_CACHE;
  throw new DataDirectoryUnusable(
    dataDirectory,
    `the server runs as uid ${user?.uid}, which can reach neither the program's files, nor the data ` +
      `directory, nor ${SYSTEM_CACHE}; choose a data directory outside of private folders`,
  );
}
