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
  });
  return dataSource.initialize();
}
