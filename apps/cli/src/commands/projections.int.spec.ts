import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations } from '@imprest/platform';
import { PostgresCheckpointStore, projectors, runMigrations } from '@imprest/read-models';
import { accountOpened, exampleEvent, tokensHeld, tokensPurchased } from '@imprest/testkit/domain';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { RecordedLog } from '@imprest/testkit/projections';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CliTrial } from '../../../../test/support/cli-trial.js';
import { lagCommand } from './lag.js';
import { ledgerCommand } from './ledger.js';
import { projectionsCommand } from './projections.js';

let database: TestDatabase;
let store: PostgresEventStore;
let cli: CliTrial;

async function query<Row>(sql: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function append(record: (log: RecordedLog) => void): Promise<void> {
  const log = new RecordedLog();
  record(log);
  await log.appendTo(store);
}

/** What a running program would have projected by now. */
async function projectAll(): Promise<void> {
  const checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
  const head = await store.head();
  for (const { name, categories, project } of projectors) {
    const after = await checkpoints.load(name);
    for await (const events of store.readAll({ after, categories })) {
      await checkpoints.advance(name, head, (sql) => project(events, sql));
    }
    await checkpoints.advance(name, head, async () => {});
  }
  await checkpoints.close();
}

beforeEach(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  store = await PostgresEventStore.connect({ connectionString: database.url });
  cli = new CliTrial(
    (terminal) => [lagCommand(terminal), projectionsCommand(terminal), ledgerCommand(terminal)],
    { DATABASE_URL: database.url },
  );
  await append((log) => {
    log.record('ten_1', exampleEvent('TenantCreated'));
    log.record('ten_1', accountOpened, tokensPurchased('paid', 500n));
    log.record('g1', exampleEvent('GenerationRequested'));
    log.record('ten_1', tokensHeld('g1', { paid: 10n }));
  });
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

describe('projections', () => {
  test('are listed with what is beside them', async () => {
    await projectAll();
    await cli.run('projections', 'rebuild', 'journal');

    const { out } = await cli.run('projections', 'list');
    const { json } = await cli.run('projections', 'list', '--json');

    expect(out).toMatch(
      /^journal +tokenAccount +5 +7 +built, to be compared and switched: position 6, 3 events, /m,
    );
    expect(out).toMatch(/^tenancy +tenant, apiKey +5 +7 +-$/m);
    expect(json()).toHaveLength(projectors.length);
    expect(json()[0]).toMatchObject({
      projection: 'journal',
      position: '5',
      beside: { phase: 'ready' },
    });
  });

  test('are rebuilt, compared, switched, taken back and cleaned up', async () => {
    await projectAll();
    await query("update ledger.balances set tokens = 7 where account = 'cash-clearing'");

    expect(await cli.run('projections', 'rebuild', 'journal')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^journal: built from 3 events in \d+\.\d s, up to position 6\n$/),
    });
    const different = await cli.run('projections', 'diff', 'journal');
    expect(different.code).toBe(1);
    expect(different.out).toMatch(/^journal: both at position \d+$/m);
    expect(different.out).toMatch(
      /ledger\.balances: \d+ live rows, \d+ rebuilt rows\n {4}1 differ:\n/,
    );
    expect(different.out).toMatch(/tenant_id=ten_1 account=cash-clearing.* \(tokens\)/);

    expect((await cli.run('projections', 'switch', 'journal')).out).toMatch(
      /^journal: switched, tables locked for \d+ ms\n$/,
    );
    expect(
      await query("select tokens from ledger.balances where account = 'cash-clearing'"),
    ).toEqual([{ tokens: '500' }]);

    expect(await cli.run('projections', 'rebuild', 'journal')).toMatchObject({
      code: 1,
      err: expect.stringContaining('drop them before a new build'),
    });
    expect((await cli.run('projections', 'rollback', 'journal')).code).toBe(0);
    expect(
      await query("select tokens from ledger.balances where account = 'cash-clearing'"),
    ).toEqual([{ tokens: '7' }]);

    const [again] = (await cli.run('projections', 'switch', 'journal', '--json')).json();
    expect(again).toMatchObject({ projection: 'journal' });
    expect(BigInt(again?.position as string)).toBeGreaterThan(BigInt(again?.replacedAt as string));
    expect((await cli.run('projections', 'drop-old', 'journal')).code).toBe(0);
    expect((await cli.run('projections', 'rollback', 'journal')).code).toBe(1);
  });

  test('leave on record who did what, why, and what came of it', async () => {
    await projectAll();
    await cli.run('projections', 'rebuild', 'usage', '--reason', 'a row was lost');
    await cli.run('projections', 'rollback', 'usage');

    const said = await query<{ type: string; data: object; by: string }>(
      `select type, data, metadata -> 'actor' ->> 'id' as by from event_store.events
       where stream like 'operatorRun-%' order by position`,
    );
    const rebuilt = { work: 'projection-rebuild', subject: 'usage' };
    const taken = { work: 'projection-rollback', subject: 'usage' };
    const failed = { outcome: 'failed', result: null, failure: 'NothingToSwitchTo' };
    const result = expect.stringMatching(/^\d+ events, up to position \d+$/);
    expect(said.map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'OperatorRunBegun', data: { ...rebuilt, reason: 'a row was lost' } },
      {
        type: 'OperatorRunEnded',
        data: { ...rebuilt, outcome: 'finished', result, failure: null },
      },
      { type: 'OperatorRunBegun', data: { ...taken, reason: null } },
      { type: 'OperatorRunEnded', data: { ...taken, ...failed } },
    ]);
    expect(new Set(said.map(({ by }) => by.replace(/:.*/, '')))).toEqual(new Set(['terminal']));
    expect((await cli.run('projections', 'switch', 'usage', '--reason', ' ')).code).toBe(2);
  });

  test('a comparison that waits ends when it is interrupted, and that is on record', async () => {
    await projectAll();
    await cli.run('projections', 'rebuild', 'control-room');
    const diff = cli.run('projections', 'diff', 'control-room', '--wait', '60');
    const said = () =>
      query<{ outcome: string | null }>(
        `select data ->> 'outcome' as outcome from event_store.events
         where stream like 'operatorRun-%' and data ->> 'work' = 'projection-diff' order by position`,
      );
    await vi.waitUntil(async () => (await said()).length === 1, { timeout: 20_000 });
    cli.interrupt();

    expect((await diff).code).toBe(130);
    expect((await said()).map(({ outcome }) => outcome)).toEqual([null, 'stopped']);
  });

  test('all of them at once, and as JSON lines', async () => {
    await projectAll();
    const rebuilt = await cli.run('projections', 'rebuild', '--all', '--json');
    await projectAll();
    const compared = await cli.run('projections', 'diff', '--all', '--json');
    const switched = await cli.run('projections', 'switch', '--all', '--json');
    const dropped = await cli.run('projections', 'drop-old', '--all', '--json');

    const names = projectors.map(({ name }) => name);
    expect(rebuilt.json().map(({ projection, finished }) => finished && projection)).toEqual(names);
    expect(compared).toMatchObject({ code: 0 });
    expect(compared.json().every(({ samePosition }) => samePosition === true)).toBe(true);
    for (const { json } of [switched, dropped]) {
      expect(json().map(({ projection }) => projection)).toEqual(names);
    }
    expect(await cli.run('projections', 'switch', '--all')).toMatchObject({
      code: 1,
      err: 'imprest: no projection has tables beside its own that are ready\n',
    });
  });

  test('one that nobody knows, or none, is a usage error', async () => {
    for (const args of [['rebuild', 'nonsense'], ['rebuild'], ['diff']]) {
      const { code, err } = await cli.run('projections', ...args);
      expect(code).toBe(2);
      expect(err).toContain('reconciliation');
    }
  });

  test('from another event store than the one they were made from are not made', async () => {
    await cli.run('projections', 'list');
    await query("update platform.deployment set value = 'eventstoredb' where name = 'event-store'");
    const { code, err } = await cli.run('projections', 'rebuild', '--all', '--switch');
    expect(code).toBe(1);
    expect(err).toContain('EVENT_STORE');
  });

  test('ledger rebuild puts a new journal in place at once', async () => {
    const { code, out } = await cli.run('ledger', 'rebuild');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('journal: switched') });
    expect(await query('select count(*)::int as entries from ledger.entries')).toEqual([
      { entries: 3 },
    ]);
    expect(await query("select nspname from pg_namespace where nspname like 'standby%'")).toEqual(
      [],
    );
    expect((await cli.run('ledger', 'trial-balance')).code).toBe(0);
  });
});

describe('lag', () => {
  test('names every consumer, and is well when all are current', async () => {
    await projectAll();
    await query(
      "insert into read_models.checkpoints values ('settlement', 5), ('job-reconciler', 1)",
    );
    const { code, out } = await cli.run('lag');

    expect(code).toBe(0);
    expect(out).toMatch(/^consumer +state +position +head +events behind +time behind +parked$/m);
    expect(out).toMatch(/^journal +current +5 +5 +0 +- +-$/m);
    expect(out).toMatch(/^settlement +current +5 +5 +0 +- +-$/m);
    expect(out).not.toContain('job-reconciler');
  });

  test('counts only what a projector reads', async () => {
    await projectAll();
    await query("insert into read_models.checkpoints values ('settlement', 5)");
    await append((log) => log.record('g2', exampleEvent('GenerationRequested')));
    const lags = new Map((await cli.run('lag', '--json')).json().map((lag) => [lag.consumer, lag]));

    expect(lags.get('generations')).toMatchObject({ state: 'behind', eventsBehind: 1, head: '6' });
    expect(lags.get('journal')).toMatchObject({
      state: 'current',
      eventsBehind: 0,
      secondsBehind: 0,
    });
    expect(lags.get('settlement')).toMatchObject({ state: 'behind', eventsBehind: 1 });
  });

  test('exit code 1 when one is further behind than allowed', async () => {
    await projectAll();
    await append((log) => log.record('g2', exampleEvent('GenerationRequested')));
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect((await cli.run('lag')).code).toBe(0);
    expect((await cli.run('lag', '--max-seconds', '0')).code).toBe(1);
    expect((await cli.run('lag', '--max-seconds', 'many')).code).toBe(2);
  });

  test('of a consumer that stands by revision only what it has not processed counts', async () => {
    await projectAll();
    const appended = new RecordedLog();
    appended.record('g8', exampleEvent('GenerationRequested'));
    appended.record('g9', exampleEvent('GenerationRequested'));
    await appended.appendTo(store);
    const checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
    const processed = [{ stream: 'generation-g9', revision: 0, position: 7n }];
    await checkpoints.accept('generations', async () => ({ processed }));
    await checkpoints.close();

    const lags = new Map((await cli.run('lag', '--json')).json().map((lag) => [lag.consumer, lag]));
    expect(lags.get('generations')).toMatchObject({ eventsBehind: 1, parkedStreams: 0 });
    expect(lags.get('assets')).toMatchObject({ eventsBehind: 2 });
  });

  test('tells what never ran', async () => {
    const { json } = await cli.run('lag', '--json');
    expect(json().map(({ state }) => state)).toContain('never ran');
  });
});
