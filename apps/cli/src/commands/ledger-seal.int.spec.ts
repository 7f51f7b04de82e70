import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations, currentSealKey } from '@imprest/platform';
import { PostgresCheckpointStore, projectors, runMigrations } from '@imprest/read-models';
import { accountOpened, exampleEvent, tokensHeld, tokensPurchased } from '@imprest/testkit/domain';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { RecordedLog } from '@imprest/testkit/projections';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

/** What a running program would have projected by now. */
async function projectAll(): Promise<void> {
  const checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
  const head = await store.head();
  for (const { name, categories, project } of projectors) {
    const after = await checkpoints.load(name);
    for await (const events of store.readAll({ after, categories })) {
      await checkpoints.advance(name, events.at(-1)!.position, (sql) => project(events, sql));
    }
    await checkpoints.advance(name, head, async () => {});
  }
  await checkpoints.close();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-seal-'));
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  store = await PostgresEventStore.connect({ connectionString: database.url });
  const environment = { DATABASE_URL: database.url, IMPREST_DATA_DIR: folder };
  cli = new CliTrial((terminal) => [ledgerCommand(terminal)], environment);
  currentSealKey({ dataDirectory: folder, sealKey: undefined });
  const log = new RecordedLog();
  log.record('ten_1', accountOpened, tokensPurchased('paid', 500n));
  log.record('g1', exampleEvent('GenerationRequested'));
  log.record('ten_1', tokensHeld('g1', { paid: 10n }));
  await log.appendTo(store);
  await projectAll();
});
afterEach(async () => {
  await store.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

describe('imprest ledger seal', () => {
  test('signs what no seal covers yet, and the key vouches for it', async () => {
    const sealed = await cli.run('ledger', 'seal', '--json');
    const [seal] = sealed.json();
    expect(seal).toMatchObject({ number: 1, events: 6, accounts: 1, previous: null });
    await projectAll();
    const { out: publicKey } = await cli.run('ledger', 'seal-key');
    expect(publicKey.trim()).toBe(seal?.publicKey);
    const verified = await cli.run('ledger', 'verify', '--public-key', publicKey.trim());
    expect(verified.out).toContain('Intact. 9 events, 3 entries of 1 accounts up to position 9');
    expect(verified.out).toContain('vouches for 1 of 1 seals');
    expect(verified.code).toBe(0);
    const quick = await cli.run('ledger', 'verify', '--chains-only');
    expect([quick.code, quick.out]).toEqual([0, expect.stringContaining('Intact. 11 events')]);
  });

  test('names what was changed, and says so by its exit code', async () => {
    await cli.run('ledger', 'seal');
    await query(`set session_replication_role = replica;
      update event_store.events set data = replace(data::text, '"10"', '"11"')::json where position = 4`);
    const { out, code } = await cli.run('ledger', 'verify');
    expect(out).toMatch(/^tokenAccount-ten_1 at position 4: /);
    expect(out).toContain('NOT INTACT');
    expect(code).toBe(1);
  });

  test('an anchor finds out who makes all seals anew', async () => {
    const anchor = join(folder, 'anchor.json');
    await cli.run('ledger', 'seal', '--anchor', anchor);
    expect((await cli.run('ledger', 'verify', '--anchor', anchor)).code).toBe(0);
    const other = JSON.parse(readFileSync(anchor, 'utf8'));
    other.seal.events += 1;
    writeFileSync(anchor, JSON.stringify(other));
    const forged = await cli.run('ledger', 'verify', '--anchor', anchor);
    expect([forged.code, forged.err]).toEqual([2, expect.stringContaining('is not signed')]);
  });

  test('a bundle is checked without a database, and whoever changes it is found out', async () => {
    await cli.run('ledger', 'seal');
    await projectAll();
    const publicKey = (await cli.run('ledger', 'seal-key')).out.trim();
    const bundle = join(folder, 'bundle.jsonl');
    await cli.run('ledger', 'bundle', '--out', bundle);
    const elsewhere = new CliTrial((terminal) => [ledgerCommand(terminal)], {
      DATABASE_URL: 'none',
    });
    const check = () =>
      elsewhere.run('ledger', 'verify', '--bundle', bundle, '--public-key', publicKey);
    const good = await check();
    expect(good.out).toContain('Intact. 7 events, 3 entries of 1 accounts up to position 7');
    expect(good.out).toContain('Of 2 events only the leaves are told.');
    expect(good.code).toBe(0);
    const text = readFileSync(bundle, 'utf8');
    writeFileSync(bundle, text.replace('"tokens":"500"', '"tokens":"501"'));
    const bad = await check();
    expect(bad.out).toMatch(/^tokenAccount-ten_1 at position 2: /);
    expect(bad.code).toBe(1);
    expect((await cli.run('ledger', 'bundle', '--out', bundle)).code).toBe(1);
  });

  test('a key is replaced by one that the old one endorses', async () => {
    await cli.run('ledger', 'seal');
    const old = (await cli.run('ledger', 'seal-key')).out.trim();
    const rotated = await cli.run('ledger', 'seal-key', 'rotate', '--reason', 'yearly', '--json');
    expect(rotated.json()[0]).toMatchObject({ endorsed: true });
    await cli.run('ledger', 'seal');
    const verified = await cli.run('ledger', 'verify', '--public-key', old);
    expect(verified.out).toContain('vouches for 2 of 2 seals');
  });

  test('beside a database of one’s own no key is made up', async () => {
    const elsewhere = { DATABASE_URL: database.url, IMPREST_DATA_DIR: join(folder, 'none') };
    const other = new CliTrial((terminal) => [ledgerCommand(terminal)], elsewhere);
    const { code, err } = await other.run('ledger', 'seal');
    expect([code, err]).toEqual([2, expect.stringContaining('LEDGER_SEAL_KEY is not set')]);
  });

  test('a foreign key vouches for nothing, and something that is no key is refused', async () => {
    await cli.run('ledger', 'seal');
    const foreign = await cli.run('ledger', 'verify', '--public-key', `${'A'.repeat(43)}=`);
    expect([foreign.code, foreign.out]).toEqual([1, expect.stringContaining('0 of 1 seals')]);
    expect((await cli.run('ledger', 'verify', '--public-key', 'key')).code).toBe(2);
  });
});
