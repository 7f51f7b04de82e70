import { Client } from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { connectionStringOf } from '../sql/connection-string.js';
import { silentLogger } from '../sql/silent-logger.js';
import type { SqlMigration } from './index.js';

const HISTORY = 'migration_history';
/** Any number no other part of the product locks; it stands for this history. */
const LOCK = '7310425590211634';
const LONGEST_WAIT_MS = 60_000;

/** TypeORM finds a migration's name and time in the name of its class, so each gets one. */
function migrationClass({ name, up }: SqlMigration): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = name;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(up);
    }
    async down(): Promise<void> {
      throw new Error(`${name} cannot be undone: restore a backup, or write a further migration`);
    }
  };
}

async function pending(
  client: Client,
  migrations: readonly SqlMigration[],
): Promise<readonly SqlMigration[]> {
  const table = `select to_regclass('${HISTORY}') is not null as present`;
  const { rows } = await client.query<{ present: boolean }>(table);
  if (rows[0]?.present !== true) return migrations;
  const history = await client.query<{ name: string }>(`select name from ${HISTORY}`);
  const done = new Set(history.rows.map(({ name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function execute(url: string, migrations: readonly SqlMigration[]): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    poolSize: 1,
    migrations: migrations.map(migrationClass),
    migrationsTableName: HISTORY,
    migrationsTransactionMode: 'each',
    logger: silentLogger,
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}

/**
 * Brings a database to the state these migrations lead to, in the order of their times, each in a
 * transaction and once only, whoever starts at the same time. Costs one connection and two queries
 * when there is nothing to do.
 * @returns names of the migrations executed by this call.
 * @throws what PostgreSQL says about a migration's SQL; earlier ones stay executed.
 */
export async function runMigrations(
  target: string | DataSource,
  migrations: readonly SqlMigration[],
): Promise<readonly string[]> {
  const url = typeof target === 'string' ? target : connectionStringOf(target);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    if ((await pending(client, migrations)).length === 0) return [];
    await client.query(`set statement_timeout = ${LONGEST_WAIT_MS}`);
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const left = await pending(client, migrations);
    if (left.length > 0) await execute(url, migrations);
    return left.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
