import { mkdir } from 'node:fs/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@imprest/postgres-embedded';
import { Client } from 'pg';
import { compileSlowDisk, restartPreloaded } from './slow-disk.js';

export interface Server {
  readonly version: string;
  /**
   * @param template a database nobody is connected to; an empty one when absent
   * @returns connection string
   */
  createDatabase(name: string, template?: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

const SETTINGS = {
  // What a run measures is worth nothing unless every acknowledged event survives a power cut.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_wal_size: '8GB',
  max_connections: '400',
};

/** @param slow makes each fdatasync take `ms` longer */
export async function startServer(
  dataDirectory: string,
  slow?: { folder: string; ms: number },
): Promise<Server> {
  await mkdir(dataDirectory, { recursive: true });
  const launched: EmbeddedPostgres = await startEmbeddedPostgres({
    dataDirectory,
    sharedBuffers: '512MB',
    settings: SETTINGS,
  });
  const stopSlow =
    slow && (await restartPreloaded(launched, await compileSlowDisk(slow.folder, slow.ms)));
  const admin = new Client({ connectionString: launched.connectionString });
  await admin.connect();
  const { rows } = await admin.query<{ server_version: string }>('show server_version');
  return {
    version: rows[0]?.server_version ?? 'unknown',
    createDatabase: async (name, template) => {
      await admin.query(`create database ${name}${template ? ` template ${template}` : ''}`);
      // Every measurement starts with the same amount of full pages still to be written.
      await admin.query('checkpoint');
      const url = new URL(launched.connectionString);
      url.pathname = `/${name}`;
      return url.href;
    },
    dropDatabase: async (name) => {
      await admin.query(`drop database if exists ${name} with (force)`);
    },
    stop: async () => {
      await admin.end();
      await stopSlow?.();
      await launched.stop();
    },
  };
}

let databases = 0;

/** A fresh database for as long as `use` runs. */
export async function withDatabase<T>(
  server: Server,
  use: (connectionString: string, name: string) => Promise<T>,
  template?: string,
): Promise<T> {
  databases += 1;
  const name = `bench_${databases}`;
  const connectionString = await server.createDatabase(name, template);
  try {
    return await use(connectionString, name);
  } finally {
    await server.dropDatabase(name);
  }
}

/** One connection for a few statements. */
export async function withClient<T>(
  connectionString: string,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
