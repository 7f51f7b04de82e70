import { byTest, exampleIds, SubmissionScenario } from '@imprest/testkit';
import { beforeEach, expect, test } from 'vitest';
import { BlockEndUser, BlockEndUserHandler } from './block-end-user.js';

const { tenantId } = exampleIds;
const ada = 'ada@example.com';
let here: SubmissionScenario;

const resolve = (process = here, email = ada) => process.endUsers.resolve(tenantId, email, byTest);
const block = (blocked: boolean, email = ada, process = here) =>
  new BlockEndUserHandler(process.process.runner, process.endUsers).execute(
    new BlockEndUser(tenantId, email, blocked, 'abuse', byTest),
  );

beforeEach(() => {
  here = new SubmissionScenario();
});

test('a pseudonym is the same for ever, another for each tenant, and tells nothing of the e-mail', () => {
  const id = here.endUsers.pseudonym(tenantId, ada);
  expect(id).toMatch(/^usr_[0-9a-f]{32}$/);
  expect(new SubmissionScenario().endUsers.pseudonym(tenantId, ada)).toBe(id);
  expect(here.endUsers.pseudonym('ten_other', ada)).not.toBe(id);
});

test('an end user is registered at first sight, once however many requests come at once', async () => {
  await Promise.all(Array.from({ length: 10 }, () => resolve()));
  expect(here.history('endUser')).toEqual(['EndUserRegistered']);
  expect(here.shared.keys.size).toBe(1);
});

test('one seen in the last seconds is answered at once', async () => {
  await resolve();
  expect(resolve()).toMatchObject({ blocked: null });
  here.clock.advance(5_000);
  expect(resolve()).toBeInstanceOf(Promise);
});

test('a block is felt at once where it was made, and within five seconds elsewhere', async () => {
  const there = new SubmissionScenario(here);
  await resolve();
  await resolve(there);
  await block(true);
  expect(await resolve()).toMatchObject({ blocked: 'abuse' });
  expect(await resolve(there)).toMatchObject({ blocked: null });
  here.clock.advance(5_000);
  expect(await resolve(there)).toMatchObject({ blocked: 'abuse' });
});

test('a block may be repeated and lifted', async () => {
  await resolve();
  await block(true);
  await block(true);
  await block(false);
  await block(false);
  expect(here.history('endUser').slice(1)).toEqual(['EndUserBlocked', 'EndUserUnblocked']);
  expect(await resolve()).toMatchObject({ blocked: null });
});

test('an end user nobody has seen cannot be blocked', async () => {
  await expect(block(true)).rejects.toMatchObject({ error: { code: 'not_found' } });
});
