import { join } from 'node:path';
import { createLargeStore } from './append/large-store.js';
import { type Server, startServer } from './postgres.js';
import { slowDiskUnavailable } from './slow-disk.js';

const LARGE_STORE = 'large_store';

/** The PostgreSQL servers of a run: one on the disk as it is, one on a disk made slow. Started when asked for. */
export class Servers {
  private normal: Promise<Server> | undefined;
  private slow: Promise<Server> | undefined;
  private large: Promise<string> | undefined;

  constructor(
    private readonly folder: string,
    private readonly slowDiskMs: number,
  ) {}

  main(): Promise<Server> {
    this.normal ??= startServer(join(this.folder, 'postgresql'));
    return this.normal;
  }

  /** Why there is no slow disk; undefined when there is one. */
  slowDiskUnavailable(): string | undefined {
    if (this.slowDiskMs === 0) return 'left out (--slow-disk 0)';
    return slowDiskUnavailable();
  }

  slowDisk(): Promise<Server> {
    this.slow ??= startServer(join(this.folder, 'postgresql-slow'), {
      folder: this.folder,
      ms: this.slowDiskMs,
    });
    return this.slow;
  }

  /** Name of a database on the main server with 1,000,000 events, to be used as a template. */
  largeStore(): Promise<string> {
    this.large ??= this.main().then(async (server) => {
      await createLargeStore(server, LARGE_STORE);
      return LARGE_STORE;
    });
    return this.large;
  }

  async stop(): Promise<void> {
    for (const server of [this.normal, this.slow]) await (await server)?.stop();
  }
}
