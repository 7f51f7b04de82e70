import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@imprest/postgres-embedded';
import type {} from '@imprest/testkit/postgres';
import type { TestProject } from 'vitest/node';

/** One PostgreSQL server for the whole run; every test takes a database of its own on it. */
export default async function sharedPostgres(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.IMPREST_TEST_DATABASE_URL;
  if (external !== undefined) {
    project.provide('postgresUrl', external);
    return async () => {};
  }
  const directory = await mkdtemp(join(tmpdir(), 'imprest-test-'));
  const server = await startEmbeddedPostgres({
    dataDirectory: directory,
    settings: {
      // These tests are about logic and end with the server: nothing here has to survive a power cut.
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
    },
  });
  project.provide('postgresUrl', server.connectionString);
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
