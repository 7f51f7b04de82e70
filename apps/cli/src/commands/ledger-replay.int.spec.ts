import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations } from '@imprest/platform';
import {
  journalProjector,
  PostgresCheckpointStore,
  replayLedger,
  runMigrations,
} from '@imprest/read-models';
import { accountOpened, tokensGranted, tokensHeld, tokensPurchased } from '@imprest/testkit/domain';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { RecordedLog } from '@imprest/testkit/projections';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CliTrial } from '../../../../test/support/cli-trial.js';
import { ledgerCommand } from './ledger.js';

let database: TestDatabase;
let store: PostgresEventStore;
let cli: CliTrial;
let folder: string;

async function query(sql: string): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  store = await PostgresEventStore.connect({ connectionString: database.url });
  cli = new CliTrial((terminal) => [ledgerCommand(terminal)], { DATABASE_URL: database.url });
  const log = new RecordedLog();
  log.record(
    'ten_1',
    accountOpened,
    tokensPurchased('paid', 500n),
    tokensHeld('g1', { paid: 10n }),
  );
  log.record('ten_2', accountOpened, tokensGranted('gift', 7n), tokensHeld('g2', { gift: 7n }));
  await log.appendTo(store);
  const checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
  const { name, categories } = journalProjector;
  const after = await checkpoints.load(name);
  for await (const page of store.readAll({ after, categories })) {
    await checkpoints.advance(name, page.at(-1)!.position, (sql) =>
      journalProjector.project(page, sql),
    );
  }
  await checkpoints.close();
});
afterAll(async () => {
  await store.close();
  await database.drop();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-replay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('imprest ledger replay', () => {
  test('gives the balances of all accounts from events alone', async () => {
    const { out, code } = await cli.run('ledger', 'replay', '--compare');
    expect(out).toMatch(/^cash-clearing +500 +500 +USD$/m);
    expect(out).toMatch(/^held +-10 +-10 +USD$/m);
    expect(out).toMatch(/^promotional-issued +7$/m);
    expect(out).toMatch(/^total +0$/m);
    expect(out).toContain('6 events of 2 accounts up to position 6');
    expect(out).toContain('The journal says the same: 6 balances.');
    expect(code).toBe(0);
  });

  test('of one account, up to a position or a time', async () => {
    const at = ['--account', 'ten_1', '--to', '2', '--compare'];
    const early = await cli.run('ledger', 'replay', ...at);
    expect(early.out).toMatch(/^deferred-revenue:purchased:paid +-500 +-500 +USD$/m);
    expect(early.out).not.toContain('held');
    expect(early.out).toContain('The journal says the same: 2 balances.');
    const before = await cli.run('ledger', 'replay', '--to', '2026-01-01T00:00Z', '--json');
    expect(before.json()[0]).toMatchObject({ events: 0, accounts: [], balances: [] });
    const after = await cli.run('ledger', 'replay', '--to', '2100-01-01T00:00Z', '--json');
    expect(after.json()[0]).toMatchObject({ events: 6, position: '6' });
  });

  test('names each balance that the journal tells differently, now and in the past', async () => {
    await query(`update ledger.balances set tokens = 501 where account = 'cash-clearing'`);
    await query(`delete from ledger.balances where account = 'promotional-issued'`);
    const now = await cli.run('ledger', 'replay', '--compare');
    expect(now.out).toContain(
      'ten_1 cash-clearing: journal 501 tokens, 500 USD; events 500 tokens, 500 USD',
    );
    expect(now.out).toContain('ten_2 promotional-issued: journal nothing; events 7 tokens, 0');
    expect(now.out).toContain('2 of 6 balances DIFFER.');
    expect(now.code).toBe(1);
    const past = await cli.run('ledger', 'replay', '--to', '6', '--compare');
    expect([past.code, past.out]).toEqual([0, expect.stringContaining('says the same')]);
  });

  test('goes on where it was interrupted', async () => {
    const stateFile = join(folder, 'replay.json');
    const stopped = new AbortController();
    stopped.abort();
    const small = {
      readAll: (options: Parameters<typeof store.readAll>[0]) =>
        store.readAll({ ...options, pageSize: 4 }),
    };
    const eventStore = {
      ...small,
      readStream: store.readStream.bind(store),
      head: () => store.head(),
    };
    const first = await replayLedger({ eventStore, stateFile, signal: stopped.signal });
    expect(first).toMatchObject({ finished: false, events: 4, position: 4n });
    const second = await cli.run('ledger', 'replay', '--state', stateFile, '--json');
    const whole = await cli.run('ledger', 'replay', '--json');
    const told = second.json()[0]!;
    expect(told).toMatchObject({ events: 2, resumedAt: '4', position: '6' });
    expect([told.accounts, told.lots, told.balances]).toEqual(
      ['accounts', 'lots', 'balances'].map((of) => whole.json()[0]![of]),
    );
    expect(existsSync(`${stateFile}.new`)).toBe(false);
    const other = await cli.run('ledger', 'replay', '--state', stateFile, '--account', 'ten_1');
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('something else')]);
  });

  test('what is neither a time nor a position is refused', async () => {
    expect((await cli.run('ledger', 'replay', '--to', 'yesterday')).code).toBe(2);
  });
});
