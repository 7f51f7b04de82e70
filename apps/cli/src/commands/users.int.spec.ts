import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations } from '@imprest/platform';
import { runMigrations } from '@imprest/read-models';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CliTrial } from '../../../../test/support/cli-trial.js';
import { usersCommand } from './users.js';

let database: TestDatabase;
let store: PostgresEventStore;
let cli: CliTrial;

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  store = await PostgresEventStore.connect({ connectionString: database.url });
  const environment = { DATABASE_URL: database.url, PUBLIC_URL: 'https://images.example.com' };
  cli = new CliTrial((terminal) => [usersCommand(terminal)], environment);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const why = ['--reason', 'new desk'];

test('an operator is invited, given other roles, disabled and enabled, with a reason and on record', async () => {
  expect(await cli.run('users', 'list')).toMatchObject({ code: 0, out: 'Nobody.\n' });
  const invited = await cli.run('users', 'invite', 'Ada@example.org', '--roles', 'finance', ...why);
  expect(invited.code).toBe(0);
  expect(invited.out).toMatch(
    /^https:\/\/images\.example\.com\/console\/sign-in\/link#[\w-]{43}\n$/,
  );
  const roles = ['--roles', 'finance,moderation', '--json'];
  const changed = await cli.run('users', 'roles', 'ada@example.org', ...roles, ...why);
  const [{ userId, operatorRoles } = {}] = changed.json();
  expect(operatorRoles).toEqual(['finance', 'moderation']);
  expect((await cli.run('users', 'disable', `${userId}`, ...why)).out).toContain('disabled');
  expect((await cli.run('users', 'link', `${userId}`)).err).toContain('the account is disabled');
  expect((await cli.run('users', 'enable', `${userId}`, ...why)).code).toBe(0);
  const link = await cli.run('users', 'link', 'ADA@example.org', '--json');
  const signOut = await cli.run('users', 'sign-out', 'ada@example.org', ...why);
  expect(signOut.out).toContain('ada@example.org active');
  expect(link.json()).toMatchObject([{ link: expect.stringContaining('#') }]);
  expect((await cli.run('users', 'list')).out).toMatch(
    /usr_\w+ +ada@example\.org +active +finance,moderation +- /,
  );

  const facts: unknown[] = [];
  for await (const page of store.readStream(`user-${userId}`)) {
    for (const { type, metadata } of page) facts.push([type, metadata.actor.kind]);
  }
  expect(facts).toEqual(
    [
      'UserRegistered',
      'OperatorRolesAssigned',
      'SignInLinkIssued',
      'OperatorRolesAssigned',
      'UserDisabled',
      'UserEnabled',
      'SignInLinkIssued',
      'SessionsEnded',
    ].map((type) => [type, 'operator']),
  );
});

test('a change needs a user that is known, a role that exists and a reason', async () => {
  const unknown = await cli.run('users', 'disable', 'nobody@example.org', ...why);
  expect(unknown).toMatchObject({ code: 1 });
  expect(unknown.err).toContain('there is no user nobody@example.org');
  expect((await cli.run('users', 'roles', 'ada@example.org', '--roles', 'king', ...why)).code).toBe(
    2,
  );
  expect((await cli.run('users', 'disable', 'ada@example.org', '--reason', ' ')).code).toBe(2);
});
