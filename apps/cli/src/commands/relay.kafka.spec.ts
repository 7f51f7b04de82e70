import { randomBytes } from 'node:crypto';
import { RELAY_LOCK } from '@imprest/application';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { PostgresLocks } from '@imprest/exclusive-locks-postgres';
import { allMigrations } from '@imprest/platform';
import { PostgresRelayPosition, runMigrations } from '@imprest/read-models';
import { exampleEvent } from '@imprest/testkit/domain';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { RecordedLog } from '@imprest/testkit/projections';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { CliTrial } from '../../../../test/support/cli-trial.js';
import { relayCommand } from './relay.js';
import { topicsCommand } from './topics.js';

let database: TestDatabase;
let cli: CliTrial;
let position: PostgresRelayPosition;
let locks: PostgresLocks;

const trial = (environment: Readonly<Record<string, string>>) =>
  new CliTrial((terminal) => [relayCommand(terminal), topicsCommand(terminal)], environment);

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  const store = await PostgresEventStore.connect({ connectionString: database.url });
  const log = new RecordedLog();
  for (let tenant = 1; tenant <= 3; tenant += 1) {
    log.record(`ten_${tenant}`, exampleEvent('TenantCreated'));
  }
  await log.appendTo(store);
  await store.close();
  position = new PostgresRelayPosition({ connectionString: database.url });
  locks = new PostgresLocks({ connectionString: database.url, applicationName: 'ledger, 42' });
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  const brokers = inject('kafkaBrokers').join(',');
  const MESSAGE_BUS = `kafka://${brokers}?prefix=${prefix}`;
  cli = trial({ DATABASE_URL: database.url, MESSAGE_BUS });
});
afterAll(async () => {
  await Promise.all([position.close(), locks.close()]);
  await database.drop();
});

describe('relay status', () => {
  test('says that nobody relays, and how much waits', async () => {
    const { code, json } = await cli.run('relay', 'status', '--json');
    expect(code).toBe(1);
    expect(json()).toEqual([
      {
        ...{ leader: null, position: '0', head: '3', events: 3, more: false },
        seconds: expect.any(Number),
      },
    ]);
  });

  test('says who relays and that nothing waits', async () => {
    const lock = await locks.acquire(RELAY_LOCK, new AbortController().signal);
    await position.load();
    await position.advance(0n, 3n);
    const { code, out } = await cli.run('relay', 'status');
    expect(code).toBe(0);
    expect(out).toMatch(/^leader +ledger, 42\nposition +3\nhead +3\nevents behind +0\ntime/);
    await lock?.release();
  });
});

describe('relay rewind', () => {
  test('puts the relay back, and never forward', async () => {
    const { code, json } = await cli.run('relay', 'rewind', '--to', '1', '--json');
    expect([code, json()]).toEqual([0, [{ from: '3', to: '1' }]]);
    const forward = await cli.run('relay', 'rewind', '--to', '2');
    expect([forward.code, forward.err]).toEqual([2, expect.stringContaining('relay is at 1')]);
    expect(await position.load()).toBe(1n);
  });

  test.each([['--to', '-1'], ['--to', 'x'], []])('is refused with %s %s', async (...args) => {
    expect((await cli.run('relay', 'rewind', ...args)).code).toBe(2);
  });
});

describe('topics', () => {
  test('are missing, then created, then there', async () => {
    const before = await cli.run('topics', 'list');
    expect([before.code, before.out]).toEqual([1, expect.stringContaining('missing')]);
    const created = await cli.run('topics', 'create', '--partitions', '2', '--json');
    expect(created.code).toBe(0);
    expect(created.json()[0]?.existing).toEqual([]);
    const after = await cli.run('topics', 'list', '--json');
    expect(after.code).toBe(0);
    expect(after.json()[0]).toMatchObject({ partitions: 2, replicas: 1, messages: '0' });
  });

  test('keep their partitions', async () => {
    const { code, err } = await cli.run('topics', 'create', '--partitions', '3');
    expect([code, err]).toEqual([1, expect.stringContaining('has 2')]);
  });
});

test('without Kafka there is nothing to look at', async () => {
  const direct = trial({ DATABASE_URL: database.url });
  for (const args of [
    ['relay', 'status'],
    ['topics', 'list'],
  ]) {
    const { code, err } = await direct.run(...args);
    expect([code, err]).toEqual([2, expect.stringContaining('MESSAGE_BUS=kafka')]);
  }
});
