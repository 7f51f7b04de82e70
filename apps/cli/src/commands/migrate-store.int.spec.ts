import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '@imprest/application';
import { EventStoreDbEventStore } from '@imprest/event-store-eventstoredb';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations, currentSealKey, readStoreIdentity } from '@imprest/platform';
import { PostgresCheckpointStore, projectors, runMigrations } from '@imprest/read-models';
import { EventStoreDbServer } from '@imprest/testkit/eventstoredb';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { WorkedMonth } from '@imprest/testkit/worked-month';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CliTrial } from '../../../../test/support/cli-trial.js';
import { ledgerCommand } from './ledger.js';
import { migrateStoreCommand } from './migrate-store.js';

let database: TestDatabase;
let server: EventStoreDbServer;
let folder: string;
let events: number;

/** What a running program would have projected by now, each consumer from its checkpoint on. */
async function projectAll(store: EventStore): Promise<number> {
  const checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
  const head = await store.head();
  let projected = 0;
  for (const { name, categories, project } of projectors) {
    const after = await checkpoints.load(name);
    for await (const page of store.readAll({ after, upTo: head, categories })) {
      projected += page.length;
      await checkpoints.advance(name, page.at(-1)!.position, (sql) => project(page, sql));
    }
    await checkpoints.advance(name, head, async () => {});
  }
  await checkpoints.close();
  return projected;
}

const openPostgres = () => PostgresEventStore.connect({ connectionString: database.url });
const openTarget = () =>
  EventStoreDbEventStore.connect({ connectionString: server.connectionString });
const cli = (environment: Readonly<Record<string, string>> = {}) =>
  new CliTrial((terminal) => [ledgerCommand(terminal), migrateStoreCommand(terminal)], {
    DATABASE_URL: database.url,
    IMPREST_DATA_DIR: folder,
    ...environment,
  });
const migrate = (...args: readonly string[]) =>
  cli().run('migrate-store', '--to', server.connectionString, ...args);

async function countEvents(store: EventStore): Promise<number> {
  let count = 0;
  for await (const page of store.readAll({ after: 0n })) count += page.length;
  return count;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'migrate-store-'));
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  server = await EventStoreDbServer.start();
  // As a ledger process that has run once leaves it.
  currentSealKey({ dataDirectory: folder, sealKey: undefined });
  const store = await openPostgres();
  await new WorkedMonth(store).january();
  await projectAll(store);
  for (const args of [['close', '2025-01'], ['seal']]) {
    const { code, err } = await cli().run('ledger', ...args);
    if (code !== 0) throw new Error(err);
  }
  await projectAll(store);
  events = await countEvents(store);
  await store.close();
});
afterEach(async () => {
  await server.stop();
  await database.drop();
  rmSync(folder, { recursive: true });
});

describe('imprest migrate-store', () => {
  test('moves everything, and the books and seals of before hold on the new store', async () => {
    const before = await cli().run('ledger', 'revenue', '--month', '2025-01', '--verify');
    const moved = await migrate('--json');
    expect(moved.err).toBe('');
    expect(moved.json()).toEqual([
      {
        ...{ copied: events, events, switched: true, position: expect.any(String) },
        ...{ streams: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    ]);
    expect(moved.code).toBe(0);
    expect(await readStoreIdentity(database.url)).toMatchObject({ kind: 'eventstoredb' });

    const there = cli({ EVENT_STORE: server.connectionString });
    const verified = await there.run('ledger', 'verify');
    // That it is verified is on record before it is.
    expect(verified.out).toContain(`Intact. ${events + 1} events`);
    const after = await there.run('ledger', 'revenue', '--month', '2025-01', '--verify');
    expect(after).toMatchObject({ code: 0, out: before.out });
  });

  test('consumers go on behind their checkpoints, and the line of seals with them', async () => {
    await migrate();
    const store = await openTarget();
    expect(await projectAll(store)).toBe(0);
    await new WorkedMonth(store).february();
    expect(await projectAll(store)).toBeGreaterThan(0);
    const there = cli({ EVENT_STORE: server.connectionString });
    expect(await there.run('ledger', 'seal')).toMatchObject({ code: 0 });
    await projectAll(store);
    const { out, code } = await there.run('ledger', 'verify');
    expect(out).toContain('Intact.');
    expect(code).toBe(0);
    await store.close();
  });

  test('leaves the old store closed', async () => {
    await migrate();
    const store = await openPostgres();
    await expect(new WorkedMonth(store).february()).rejects.toThrow(/moved to another store/);
    await store.close();
  });

  test('does not switch while a process runs, and goes on from there afterwards', async () => {
    const running = await openPostgres();
    const refused = await migrate();
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('Not switched, because processes are running');
    expect(refused.out).toContain('Sessions: imprest event store');
    await new WorkedMonth(running).february();
    const added = (await countEvents(running)) - events;
    await running.close();
    const [moved] = (await migrate('--json')).json();
    expect(moved).toMatchObject({ copied: added, events: events + added, switched: true });
  });

  test('copies and compares while the program runs when that is all it is asked for', async () => {
    const running = await openPostgres();
    const copied = await migrate('--copy-only');
    expect(copied.code).toBe(0);
    expect(copied.out).toContain(`${events} events copied`);
    expect(copied.out).toContain('all the same: SHA-256');
    expect(copied.out).toContain('Not switched: stop every process');
    expect(await readStoreIdentity(database.url)).not.toMatchObject({ kind: 'eventstoredb' });
    await running.close();
  });

  test('refuses a target that holds events of its own', async () => {
    const store = await openTarget();
    await new WorkedMonth(store).january();
    await store.close();
    const { code, err } = await migrate();
    expect(err).toContain('the target holds an event of its own');
    expect(code).toBe(1);
  });

  test.each([
    [[], '--to <store>'],
    [['--to', 'postgres'], '--to has to begin with esdb:'],
    [['--to', 'esdb://events.example.com?tls=false'], 'EVENT_STORE'],
  ])('with %j is not understood', async (args, message) => {
    const { code, err } = await cli().run('migrate-store', ...args);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
