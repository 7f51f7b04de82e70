import { allMigrations } from '@imprest/platform';
import { runMigrations } from '@imprest/read-models';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CliTrial } from '../../../../test/support/cli-trial.js';
import { webhooksCommand } from './webhooks.js';

let database: TestDatabase;
let cli: CliTrial;

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  cli = new CliTrial((terminal) => [webhooksCommand(terminal)], { DATABASE_URL: database.url });
});
afterAll(() => database.drop());

const recover = (...args: string[]) =>
  cli.run('webhooks', 'recover', '--tenant', 'ten_1', '--reason', 'repaired', ...args);

test('a recovery is asked for once under its key, and listed', async () => {
  const args = ['--since', '2026-01-15T09:00Z', '--status', 'exhausted', '--key', 'k1', '--json'];
  const first = await recover(...args);
  expect(first.code).toBe(0);
  expect(first.json()).toMatchObject([
    {
      status: 'running',
      since: '2026-01-15T09:00:00.000Z',
      statuses: ['exhausted'],
      endpointId: null,
      looked: 0,
    },
  ]);
  const again = await recover(...args);
  expect(again.json()).toEqual(first.json());
  expect((await cli.run('webhooks', 'recoveries', '--tenant', 'ten_1', '--json')).json()).toEqual(
    first.json(),
  );
});

test('a second one has to wait', async () => {
  const second = await recover('--since', '2026-01-15T09:00Z');
  expect(second).toMatchObject({ code: 1 });
  expect(second.err).toContain('under way');
});

test.each([['--since', 'yesterday'], ['--since', '2026-01-15T09:00Z', '--status', 'lost'], []])(
  '%j is not understood',
  async (...args) => {
    expect((await recover(...args)).code).toBe(2);
  },
);
