import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser connection string of the server the whole run shares. */
    postgresUrl: string;
  }
}

export interface TestDatabaseOptions {
  /** Applied in the order given, each as one simple query. */
  readonly migrations?: readonly { readonly up: string }[];
}

export interface TestDatabase {
  /** Takes node-postgres and TypeORM. */
  readonly url: string;
  /** Cuts connections that are still open, then removes the database. Safe to repeat. */
  drop(): Promise<void>;
}

/**
 * A fresh database on the PostgreSQL server of this test run.
 * @throws what PostgreSQL says when a migration fails; the database is dropped then.
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  if (server === undefined) {
    throw new Error(
      'no PostgreSQL server in this test project: name the file *.int.spec.ts so that it runs in the integration project',
    );
  }
  const name = `test_${randomBytes(8).toString('hex')}`;
  const url = databaseUrl(server, name);
  const drop = () => run(server, [`drop database if exists ${name} with (force)`]);
  await run(server, [`create database ${name}`]);
  try {
    await run(url, options.migrations?.map((migration) => migration.up) ?? []);
  } catch (error) {
    await drop();
    throw error;
  }
  return { url, drop };
}

function databaseUrl(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  if (statements.length === 0) return;
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
