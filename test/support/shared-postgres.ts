import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@imprest/postgres-embedded';
import type {} from '@imprest/testkit/postgres';
import type { TestProject } from 'vitest/node';

const PREFIX = 'imprest-test-run-';
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * One PostgreSQL server for the whole run; every test takes a database of its own on it.
 * IMPREST_TEST_DATABASE_URL names the superuser of another server to use instead.
 */
export default async function sharedPostgres(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.IMPREST_TEST_DATABASE_URL;
  if (external !== undefined) {
    project.provide('postgresUrl', external);
    return async () => {};
  }
  await removeAbandonedServers();
  const dataDirectory = await mkdtemp(join(tmpdir(), PREFIX));
  const server = await startEmbeddedPostgres({
    dataDirectory,
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
    await rm(dataDirectory, { recursive: true });
  };
}

/** A run that was killed leaves its server running: taking the directory over stops it. */
async function removeAbandonedServers(): Promise<void> {
  for (const entry of await readdir(tmpdir())) {
    if (!entry.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), entry);
    try {
      const { mtimeMs } = await stat(folder);
      if (Date.now() - mtimeMs < ABANDONED_AFTER_MS) continue;
      await (await startEmbeddedPostgres({ dataDirectory: folder })).stop();
      await rm(folder, { recursive: true });
    } catch {
      // In use by a long run, or being removed by another one: not this run's business.
    }
  }
}
