import 'reflect-metadata';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { DataDirectoryInUse, PostgresStartFailed, PostgresVersionMismatch } from './errors.js';
import { query } from './testing/query.js';
import { createWorkspace, removeWorkspace } from './testing/workspace.js';

let workspace: string;
let dataDirectory: string;
let log: string[];
let running: EmbeddedPostgres | undefined;

const start = async (settings?: Record<string, string>) => {
  log = [];
  running = await startEmbeddedPostgres({ dataDirectory, settings, log: (l) => log.push(l) });
  return running;
};

beforeAll(async () => {
  workspace = await createWorkspace();
  dataDirectory = join(workspace, 'data');
});
afterEach(() => running?.stop());
afterAll(() => removeWorkspace(workspace));

describe('a first start', () => {
  test('makes a durable, checksummed UTF-8 cluster that listens on no network', async () => {
    const server = await start();

    const settings = await query(
      server.connectionString,
      `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes',
        'data_checksums', 'server_encoding', 'listen_addresses', 'jit', 'max_wal_size')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      server_encoding: 'UTF8',
      listen_addresses: '',
      jit: 'off',
      max_wal_size: '4096',
    });
    const [collation] = await query(server.connectionString, `select 'B' < 'a' as by_bytes`);
    expect(collation).toEqual({ by_bytes: true });
  });

  test('lets nobody in without the password, which only the owner can read', async () => {
    const server = await start();

    const wrong = server.connectionString.replace(/:[0-9a-f]{64}@/, ':wrong@');
    await expect(query(wrong, 'select 1')).rejects.toThrow(/password authentication failed/);
    const rules = await query(
      server.connectionString,
      'select distinct auth_method from pg_hba_file_rules',
    );
    expect(rules).toEqual([{ auth_method: 'scram-sha-256' }]);
    expect((await stat(join(dataDirectory, 'password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDirectory, 'cluster'))).mode & 0o777).toBe(0o700);
  });

  test('gives a connection string that TypeORM and the URL parser take', async () => {
    const server = await start();

    const source = new DataSource({ type: 'postgres', url: server.connectionString });
    await source.initialize();
    expect(await source.query('select 6 * 7 as answer')).toEqual([{ answer: 42 }]);
    await source.destroy();
    expect(new URL(server.connectionString).pathname).toBe('/postgres');
  });
});

test('given a clean stop, the next start finds the data and recovers nothing', async () => {
  const first = await start();
  const socketDirectory = new URL(first.connectionString).searchParams.get('host') as string;
  await query(first.connectionString, 'create table kept as select 7 as id');
  await first.stop();
  await first.stop();
  expect(await first.exited).toEqual({ code: 0, signal: null });
  await expect(stat(socketDirectory)).rejects.toThrow('ENOENT');
  expect((await readdir(dataDirectory)).sort()).toEqual(['cluster', 'password']);

  const second = await start();

  expect(await query(second.connectionString, 'select id from kept')).toEqual([{ id: 7 }]);
  expect(log.join('\n')).not.toMatch(/recovery|not properly shut down|interrupted/);
});

test('given a running server, a second start of its directory is refused by name and process', async () => {
  const server = await start();

  const second = startEmbeddedPostgres({ dataDirectory });

  await expect(second).rejects.toThrow(DataDirectoryInUse);
  await expect(second).rejects.toThrow(dataDirectory);
  await expect(second).rejects.toThrow(`process ${process.pid}`);
  expect(await query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('given a server that dies by itself, its owner hears of it and the next start recovers', async () => {
  const server = await start();
  await query(server.connectionString, 'create table committed as select 8 as id');
  process.kill(server.processId, 'SIGKILL');
  expect(await server.exited).toEqual({ code: null, signal: 'SIGKILL' });
  await server.stop();

  const next = await start();

  expect(await query(next.connectionString, 'select id from committed')).toEqual([{ id: 8 }]);
  expect(log.join('\n')).toMatch(/not properly shut down; automatic recovery/);
});

test('given a backend that outlives its killed server, the next start waits for it', async () => {
  const server = await start();
  const busy = query(
    server.connectionString,
    `set application_name = 'busy'`,
    `do $$ begin while clock_timestamp() < now() + interval '1 second' loop end loop; end $$`,
  ).catch(() => 'cut off');
  const watching = `select from pg_stat_activity where application_name = 'busy' and query like 'do%'`;
  while ((await query(server.connectionString, watching)).length === 0);
  process.kill(server.processId, 'SIGKILL');
  await server.exited;
  await server.stop();

  const next = await start();

  expect(log.join('\n')).toMatch(/pre-existing shared memory block/);
  expect(await query(next.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  await busy;
});

test('given a lost password file, the next start sets a new password', async () => {
  const before = await start();
  await before.stop();
  await rm(join(dataDirectory, 'password'));

  const after = await start();

  expect(after.connectionString).not.toBe(before.connectionString);
  expect(await query(after.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('given data of another major version, the start says so and touches nothing', async () => {
  await (await start()).stop();
  const file = join(dataDirectory, 'cluster', 'PG_VERSION');
  const version = await readFile(file, 'utf8');
  await writeFile(file, '17\n');

  const refused = startEmbeddedPostgres({ dataDirectory });

  await expect(refused).rejects.toThrow(PostgresVersionMismatch);
  await expect(refused).rejects.toThrow(
    /written by PostgreSQL 17, this program carries PostgreSQL 18/,
  );
  await writeFile(file, version);
  await start();
});

test('given a setting the server refuses, the error carries its log and the directory is free again', async () => {
  const refused = start({ shared_buffers: 'plenty' });

  await expect(refused).rejects.toThrow(PostgresStartFailed);
  await expect(refused).rejects.toThrow(/invalid value for parameter "shared_buffers": "plenty"/);
  await start({ shared_buffers: '64MB' });
});
