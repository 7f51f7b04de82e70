import {
  byTest,
  decidingProcess,
  gate,
  grantTokens,
  holdTokens,
  openAccount,
} from '@imprest/testkit';
import { expect, test } from 'vitest';
import type { DeciderRunner } from './decider-runner.js';
import { tokenAccountStream } from './stream-types.js';

const tenant = 'ten_1';
const numbered = (count: number) => Array.from({ length: count }, (_, n) => `gen_${n}`);
const hold = (runner: DeciderRunner, id: string, tokens = 10n) =>
  runner.run(tokenAccountStream, tenant, holdTokens(id, tokens), byTest);
const heldTokens = (runner: DeciderRunner) =>
  runner.read(tokenAccountStream, tenant, ({ held }) => held);

test('commands that come in together share one append and are answered with their own revisions', async () => {
  const { runner, store } = decidingProcess();
  await openAccount(runner, 1_000n, tenant);
  const before = store.appends.length;
  const results = await Promise.all(numbered(100).map((id) => hold(runner, id)));
  expect(store.appends.length - before).toBe(1);
  expect(results.map((result) => result.kind === 'accepted' && result.revision)).toEqual(
    Array.from({ length: 100 }, (_, n) => n + 2),
  );
});

test('commands that come in while an append is under way share the next one', async () => {
  const { runner, store } = decidingProcess();
  await openAccount(runner, 1_000n, tenant);
  const [entered, finish] = [gate(), gate()];
  store.beforeAppend = () => {
    entered.open();
    return finish.opened;
  };
  const before = store.appends.length;
  const first = hold(runner, 'first');
  await entered.opened;
  const others = numbered(50).map((id) => hold(runner, id));
  finish.open();
  await Promise.all([first, ...others]);
  expect(store.appends.length - before).toBe(2);
});

test('one append takes 256 commands at most', async () => {
  const { runner, store } = decidingProcess();
  await openAccount(runner, 10_000n, tenant);
  const before = store.appends.length;
  await Promise.all(numbered(600).map((id) => hold(runner, id)));
  expect(store.appends.length - before).toBe(3);
});

test('each command is decided on what the ones before it have done', async () => {
  const { runner } = decidingProcess();
  await openAccount(runner, 45n, tenant);
  const results = await Promise.all(numbered(6).map((id) => hold(runner, id)));
  expect(results.map(({ kind }) => kind)).toEqual([
    'accepted',
    'accepted',
    'accepted',
    'accepted',
    'rejected',
    'rejected',
  ]);
});

test('5,000 holds at once on funds for 4,500 are accepted 4,500 times', async () => {
  const { runner, log } = decidingProcess();
  await openAccount(runner, 45_000n, tenant);
  const results = await Promise.all(numbered(5_000).map((id) => hold(runner, id)));
  expect(results.filter(({ kind }) => kind === 'accepted')).toHaveLength(4_500);
  expect(results.filter(({ kind }) => kind === 'rejected')).toHaveLength(500);
  expect(log.events.filter(({ type }) => type === 'TokensHeld')).toHaveLength(4_500);
  expect(await heldTokens(runner)).toBe(45_000n);
});

test('a command whose decision throws fails alone', async () => {
  const { runner, store } = decidingProcess();
  await openAccount(runner, 1_000n, tenant);
  const before = store.appends.length;
  const malformed = { ...holdTokens('broken'), price: undefined as never };
  const results = await Promise.allSettled([
    hold(runner, 'one'),
    runner.run(tokenAccountStream, tenant, malformed, byTest),
    hold(runner, 'two'),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(store.appends.length - before).toBe(1);
  expect(await heldTokens(runner)).toBe(20n);
});

test('a look shares the append, sees what it commits, and is answered after it', async () => {
  const { runner, store } = decidingProcess();
  await openAccount(runner, 1_000n, tenant);
  let committed = false;
  store.afterAppend = () => {
    committed = true;
  };
  const [, seen] = await Promise.all([
    hold(runner, 'one'),
    runner.read(tokenAccountStream, tenant, ({ held }, revision) => ({ held, revision })),
  ]);
  expect(committed).toBe(true);
  expect(seen).toEqual({ held: 10n, revision: 2 });
});

test('a look that throws fails alone', async () => {
  const { runner } = decidingProcess();
  await openAccount(runner, 1_000n, tenant);
  const broken = runner.read(tokenAccountStream, tenant, () => {
    throw new Error('nothing to see');
  });
  const [look, accepted] = await Promise.allSettled([broken, hold(runner, 'one')]);
  expect(look).toMatchObject({ status: 'rejected', reason: new Error('nothing to see') });
  expect(accepted).toMatchObject({ status: 'fulfilled', value: { kind: 'accepted' } });
});

test('streams do not wait for each other', async () => {
  const { runner, store } = decidingProcess();
  await openAccount(runner, 1_000n, 'slow');
  await openAccount(runner, 1_000n, 'quick');
  const finish = gate();
  store.beforeAppend = (appends) =>
    appends[0]?.stream === 'tokenAccount-slow' ? finish.opened : undefined;
  const slow = runner.run(tokenAccountStream, 'slow', grantTokens('lot_2', 1n), byTest);
  const quick = runner.run(tokenAccountStream, 'quick', grantTokens('lot_2', 1n), byTest);
  expect(await Promise.race([slow.then(() => 'slow'), quick.then(() => 'quick')])).toBe('quick');
  finish.open();
  await slow;
});

test('the events of a command carry its context and the time of the decision', async () => {
  const { runner, log, clock } = decidingProcess();
  const actor = { kind: 'operator', id: 'ops' } as const;
  const context = { correlationId: 'c', causationId: 'd', actor, secret: 'never stored' };
  await runner.run(tokenAccountStream, tenant, { type: 'OpenAccount', tenantId: tenant }, context);
  const { secret, ...known } = context;
  expect(log.events[0]?.metadata).toEqual({ ...known, occurredAt: clock.now().toISOString() });
});
