import 'reflect-metadata';
import { DataSource } from 'typeorm';
import * as entities from './entities/index.js';
import type { SqlMigration } from './migrations/index.js';
import { runMigrations } from './migrations/run-migrations.js';
import { silentLogger } from './sql/silent-logger.js';

export interface DataSourceOptions {
  readonly url: string;
  /** Executed first when given. */
  readonly migrations?: readonly SqlMigration[];
  /** Most connections at once; 10 when absent. */
  readonly poolSize?: number;
}

/** A server that takes no connections is told as that, and not by a request that hangs. */
const CONNECT_MS = 5_000;

/** Connected, for queries only: rows come from projectors, and the schema from migrations alone. */
export async function createDataSource(options: DataSourceOptions): Promise<DataSource> {
  const { url, migrations, poolSize = 10 } = options;
  if (migrations !== undefined) await runMigrations(url, migrations);
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    poolSize,
    entities: Object.values(entities),
    synchronize: false,
    logger: silentLogger,
    applicationName: 'imprest read models',
    connectTimeoutMS: CONNECT_MS,
  });
  return dataSource.initialize();
}
