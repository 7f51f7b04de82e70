import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations } from '@imprest/platform';
import { journalProjector, PostgresCheckpointStore, runMigrations } from '@imprest/read-models';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { WorkedMonth } from '@imprest/testkit/worked-month';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliTrial } from '../../../../test/support/cli-trial.js';
import type { Terminal } from '../terminal/terminal.js';
import { ledgerCommand } from './ledger.js';
import { reconcileCommand } from './reconcile.js';

const book = readFileSync(new URL('../../../../docs/ledger.md', import.meta.url), 'utf8');

let database: TestDatabase;
let store: PostgresEventStore;
let checkpoints: PostgresCheckpointStore;
let cli: CliTrial;
let folder: string;

const run = promisify(execFile);

async function project(): Promise<void> {
  const { name, categories } = journalProjector;
  const after = await checkpoints.load(name);
  const head = await store.head();
  for await (const page of store.readAll({ after, upTo: head, categories })) {
    const position = page.at(-1)?.position ?? after;
    await checkpoints.advance(name, position, (sql) => journalProjector.project(page, sql));
  }
  await checkpoints.advance(name, head, async () => {});
}

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  store = await PostgresEventStore.connect({ connectionString: database.url });
  checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
  folder = await mkdtemp(join(tmpdir(), 'imprest-ledger-'));
  const environment = { DATABASE_URL: database.url, IMPREST_DATA_DIR: folder };
  const commands = (terminal: Terminal) => [ledgerCommand(terminal), reconcileCommand(terminal)];
  cli = new CliTrial(commands, environment);
  const month = new WorkedMonth(store);
  await month.january();
  await project();
  const { code, err } = await cli.run('ledger', 'close', '2025-01');
  if (code !== 0) throw new Error(err);
  await month.february();
  await project();
});
afterAll(async () => {
  await checkpoints.close();
  await store.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Command lines of the book with the output it shows for them. */
const shown = [...book.matchAll(/^```\n\$ imprest (ledger [^\n]*)\n(.*?)\n```$/gms)].map(
  ([, command = '', output = '']) => ({ command, output }),
);

describe('the worked month of docs/ledger.md', () => {
  test('is there', () => {
    expect(shown.length).toBeGreaterThanOrEqual(3);
  });

  test.each(shown)('imprest $command', async ({ command, output }) => {
    const { out, err } = await cli.run(...command.split(' '));
    expect(`${out}${err}`.trimEnd()).toBe(output);
  });
});

describe('closes', () => {
  test('are made once: the same month again shows the close there is', async () => {
    const [first] = (await cli.run('ledger', 'closes', '--json')).json();
    const again = await cli.run('ledger', 'close', '2025-01', '--json');
    expect([again.code, again.json()]).toEqual([0, [first]]);
    expect(first).toMatchObject({ month: '2025-01', closedBy: { kind: 'operator' }, seal: null });
  });

  test('say why, where somebody was asked', async () => {
    const { code, json } = await cli.run(
      ...['ledger', 'close', '2025-02', '--reason', 'the auditors have signed', '--json'],
    );
    expect([code, json()]).toEqual([
      0,
      [expect.objectContaining({ month: '2025-02', reason: 'the auditors have signed' })],
    ]);
    const { out } = await cli.run('ledger', 'closes');
    expect(out).toMatch(/^2025-01 .* -$/m);
    expect(out).toMatch(/^2025-02 .* the auditors have signed$/m);
  });

  test('are never taken back', async () => {
    const { code, err } = await cli.run('ledger', 'reopen', '2025-01');
    expect([code, err]).toEqual([1, expect.stringContaining('2025-01 is closed for good')]);
  });

  test('wait for the end of the month, and skip none', async () => {
    const open = await cli.run('ledger', 'close', '2030-01');
    expect([open.code, open.err]).toEqual([1, expect.stringContaining('2025-03 comes next')]);
  });

  test('come to light when an entry was changed behind their back', async () => {
    expect(await cli.run('ledger', 'closes', '--verify')).toMatchObject({ code: 0 });
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const change = (sign: string) =>
      client.query(`update ledger.entries set minor_units[1] = minor_units[1] ${sign} 1,
        minor_units[2] = minor_units[2] ${sign === '+' ? '-' : '+'} 1 where type = 'TokensPurchased'`);
    await change('+');
    const { code, json } = await cli.run('ledger', 'closes', '--verify', '--json');
    await change('-');
    await client.end();
    expect([code, json().at(-1)]).toEqual([1, { disagreeing: ['2025-01', '2025-02'] }]);
  });
});

describe('revenue', () => {
  test('is what the events say', async () => {
    for (const month of ['2024-12', '2025-01', '2025-02', '2025-03']) {
      const { code, json } = await cli.run(
        'ledger',
        'revenue',
        '--month',
        month,
        '--verify',
        '--json',
      );
      expect([code, json()]).toEqual([0, [expect.objectContaining({ month, differences: [] })]]);
    }
  });

  test('that was changed behind the back of the events is found', async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const change = (amount: string) =>
      client.query(`update ledger.balances set minor_units = minor_units ${amount}
        where account = 'deferred-revenue:purchased:lot_january'`);
    await change('+ 1');
    const { code, json } = await cli.run(
      'ledger',
      'revenue',
      '--month',
      '2025-01',
      '--verify',
      '--json',
    );
    await change('- 1');
    await client.end();
    expect([code, json()]).toMatchObject([1, [{ differences: ['harbour EUR'] }]]);
  });

  test.each(['2025-13', 'January'])('of %s is no month', async (month) => {
    expect(await cli.run('ledger', 'revenue', '--month', month)).toMatchObject({ code: 2 });
  });
});

describe('export', () => {
  test('to hledger says the same as our own reports', async () => {
    const file = join(folder, 'books.journal');
    const { code } = await cli.run('ledger', 'export', '--format', 'hledger', '--output', file);
    expect(code).toBe(0);
    await run('hledger', ['-f', file, 'check', 'ordereddates', 'accounts', 'commodities']);
    const balance = ['balance', 'Income', '--monthly', '--layout=bare', '-O', 'csv', '--no-total'];
    const { stdout } = await run('hledger', ['-f', file, ...balance]);
    expect(stdout.trim().split('\n').slice(1)).toEqual([
      '"Income:Refunds:Harbour","EUR","2.97","0.90"',
      '"Income:Refunds:Harbour","IMT","33","10"',
      '"Income:Revenue:Harbour","EUR","-31.28","-4.50"',
      '"Income:Revenue:Harbour","IMT","-348","-50"',
    ]);
  });

  test('of one tenant and month as JSON lines', async () => {
    const { json } = await cli.run(
      ...['ledger', 'export', '--format', 'jsonl', '--tenant', 'harbour'],
      ...['--from', '2025-02', '--to', '2025-02'],
    );
    expect(json().map(({ type, month, happenedAt }) => [type, month, happenedAt])).toEqual([
      ['TokensRefunded', '2025-02', '2025-01-30T17:00:00.000Z'],
      ['HoldSettled', '2025-02', '2025-02-01T00:02:00.000Z'],
    ]);
  });

  test('never writes over a file', async () => {
    const file = join(folder, 'books.journal');
    const again = await cli.run('ledger', 'export', '--format', 'csv', '--output', file);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('EEXIST')]);
  });
});

describe('statement', () => {
  test('of a month says where a late line belongs', async () => {
    const { out } = await cli.run(
      ...['ledger', 'statement', '--tenant', 'harbour', '--month', '2025-02'],
    );
    const lines = out.trim().split(/\r?\n/);
    expect(lines[1]).toBe('2025-02,,,opening,,,,685,,');
    expect(lines[2]).toMatch(/^2025-01-30T17:00:00.000Z,.*,2025-01,TokensRefunded,req_harvest,/);
    expect(lines[2]).toMatch(/,lot_january,10,695,EUR,90$/);
    expect(lines.at(-1)).toBe('2025-02,,,closing,,,,645,,');
  });

  test('as PDF goes to a file', async () => {
    const file = join(folder, 'statement.pdf');
    const args = ['ledger', 'statement', '--tenant', 'harbour', '--month', '2025-01'];
    expect(await cli.run(...args, '--format', 'pdf')).toMatchObject({ code: 2 });
    expect(await cli.run(...args, '--format', 'pdf', '--output', file)).toMatchObject({ code: 0 });
    expect((await readFile(file)).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

test('what nobody asked for is a difference, and reconcile says so', async () => {
  const { code, json } = await cli.run('reconcile', '--json');
  const report = json();
  expect(code).toBe(1);
  expect(report.at(-1)).toMatchObject({ generations: 4, payments: 0, unanswered: [] });
  expect(report[0]).toMatchObject({
    check: 'moneyWithoutRequest',
    subjects: [{ kind: 'generation' }, { kind: 'tenant', id: 'harbour' }],
  });
});

test('there are no findings as long as no check has run', async () => {
  expect(await cli.run('ledger', 'findings')).toMatchObject({ code: 0, out: '' });
});
