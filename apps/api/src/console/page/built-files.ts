import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where `npm run build` puts the page, beside the process that serves it. */
export const CONSOLE_FOLDER = fileURLToPath(new URL('../../../../console/dist/', import.meta.url));

/** Names with a digest of the content in them: what is behind one of these never changes. */
const HASHED = 'assets/';
const COMPRESSED = /\.(gz|br)$/;

export interface BuiltFile {
  readonly name: string;
  /** Whether a browser may keep it for good. */
  readonly immutable: boolean;
}

/** What the build made, by the paths that pages and browsers ask for. */
export class BuiltFiles {
  private constructor(private readonly names: ReadonlySet<string>) {}

  /** Empty when nothing was built. */
  static in(folder: string): BuiltFiles {
    try {
      const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
      const names = entries
        .filter((entry) => entry.isFile() && !COMPRESSED.test(entry.name))
        .map((entry) =>
          `${entry.parentPath}/${entry.name}`.slice(folder.length).replace(/^\//, ''),
        );
      return new BuiltFiles(new Set(names));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new BuiltFiles(new Set());
      throw error;
    }
  }

  get isEmpty(): boolean {
    return !this.names.has('index.html');
  }

  /**
   * The file for a path below `/console/`. The page draws every path by itself, except those of files
   * and of the API: there, what is not there is missing.
   */
  at(path: string): BuiltFile | undefined {
    if (this.names.has(path)) return { name: path, immutable: path.startsWith(HASHED) };
    if (path.startsWith(HASHED) || path === 'api' || path.startsWith('api/')) return undefined;
    return { name: 'index.html', immutable: false };
  }
}
