import { join } from 'node:path';
import {
  DataDirectoryInUse,
  runningServerConnection,
  startEmbeddedPostgres,
} from '@imprest/postgres-embedded';
import type { Logger } from 'pino';
import type { Config } from '../config/index.js';

export interface Database {
  readonly connectionString: string;
  /** Settles with the reason when an embedded server ends by itself; never for a server of one's own. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

/** The operator's own PostgreSQL when DATABASE_URL names one, else the embedded one. */
export async function openDatabase(config: Config, logger: Logger): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    return {
      connectionString: config.databaseUrl,
      lost: new Promise(() => {}),
      stop: async () => {},
    };
  }
  const server = await startEmbeddedPostgres({
    dataDirectory: join(config.dataDirectory, 'postgresql'),
    log: (line) => logger.debug({ postgres: line }),
  });
  let stopping = false;
  const lost = server.exited.then(
    () =>
      new Promise<string>((resolve) => {
        if (!stopping) resolve('the embedded PostgreSQL has ended by itself');
      }),
  );
  const stop = async () => {
    stopping = true;
    await server.stop();
  };
  return { connectionString: server.connectionString, lost, stop };
}

/**
 * The database for a tool that works beside a running program: its server when it runs, else one
 * started for as long as the tool needs it. @throws DataDirectoryInUse when it runs out of reach
 */
export async function attachDatabase(config: Config, logger: Logger): Promise<Database> {
  try {
    return await openDatabase(config, logger);
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error;
    const directory = join(config.dataDirectory, 'postgresql');
    const connectionString = await runningServerConnection(directory);
    if (connectionString === undefined) throw error;
    return { connectionString, lost: new Promise(() => {}), stop: async () => {} };
  }
}
