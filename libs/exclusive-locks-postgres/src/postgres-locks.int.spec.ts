import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { ExclusiveLock } from '@imprest/application';
import { CuttableProxy } from '@imprest/testkit/network';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PostgresLocks, type PostgresLocksOptions } from './postgres-locks.js';

const NAME = 'the only one';
const SILENCE_MS = 1_000;

let database: TestDatabase;
let made: PostgresLocks[];
let children: ChildProcess[];

function locks(options: Partial<PostgresLocksOptions> = {}): PostgresLocks {
  const own = { connectionString: database.url, silenceMs: SILENCE_MS, retryMs: 50 };
  const each = new PostgresLocks({ ...own, ...options });
  made.push(each);
  return each;
}

async function take(from: PostgresLocks): Promise<ExclusiveLock> {
  const lock = await from.acquire(NAME, new AbortController().signal);
  if (lock === undefined) throw new Error('acquire gave up without being asked to');
  return lock;
}

async function killSessions(): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await client.end();
}

beforeEach(async () => {
  database = await createTestDatabase();
  made = [];
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(made.map((each) => each.close()));
  await database.drop();
});

describe('a name', () => {
  test('is one holder’s until it lets go', async () => {
    const lock = await take(locks());
    const waiting = take(locks());
    const taken = vi.fn();
    void waiting.then(taken);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([lock.isHeld(), taken.mock.calls.length]).toEqual([true, 0]);
    await lock.release();
    expect((await waiting).isHeld()).toBe(true);
    expect(lock.isHeld()).toBe(false);
    await lock.lost;
  });

  test('is taken once within a process too, and other names are free', async () => {
    const own = locks();
    const lock = await take(own);
    const other = await own.acquire('another one', new AbortController().signal);
    expect(other?.isHeld()).toBe(true);
    const again = take(own);
    await lock.release();
    expect((await again).isHeld()).toBe(true);
  });

  test('is not waited for any longer than asked', async () => {
    await take(locks());
    const stop = new AbortController();
    const waiting = locks().acquire(NAME, stop.signal);
    stop.abort();
    expect(await waiting).toBeUndefined();
  });

  test('tells who holds it', async () => {
    const asking = locks();
    expect(await asking.holder(NAME)).toBeUndefined();
    const lock = await take(locks({ applicationName: 'ledger on host-1' }));
    expect(await asking.holder(NAME)).toBe('ledger on host-1');
    expect(await asking.holder('another one')).toBeUndefined();
    await lock.release();
    expect(await asking.holder(NAME)).toBeUndefined();
  });

  test('stays with a holder that is quiet but alive', async () => {
    const lock = await take(locks());
    await new Promise((resolve) => setTimeout(resolve, 3 * SILENCE_MS));
    expect(lock.isHeld()).toBe(true);
    expect(await locks().holder(NAME)).toBe('imprest locks');
  });
});

describe('a name passes on', () => {
  test('when the session of its holder is killed', async () => {
    const lock = await take(locks());
    const waiting = take(locks());
    await killSessions();
    await lock.lost;
    expect(lock.isHeld()).toBe(false);
    expect((await waiting).isHeld()).toBe(true);
  });

  test('when its holder is cut off from the server, and its holder knows', async () => {
    const proxy = await CuttableProxy.to(database.url);
    const lock = await take(locks({ connectionString: proxy.url }));
    proxy.silenceServer();
    const startedAtMs = performance.now();
    await vi.waitUntil(() => !lock.isHeld(), { timeout: 3 * SILENCE_MS, interval: 5 });
    expect(performance.now() - startedAtMs).toBeLessThan(1.5 * SILENCE_MS);
    proxy.cut();
    await lock.lost;
    expect((await take(locks())).isHeld()).toBe(true);
    await proxy.close();
  });

  /** The child runs the built package: `npx tsc -b libs/exclusive-locks-postgres` comes first, as in `npm test`. */
  test('when its holder is frozen, which knows as soon as it wakes', async () => {
    const args = [database.url, NAME, String(SILENCE_MS)];
    const child = fork(new URL('./processes/holder.mjs', import.meta.url), args, { execArgv: [] });
    children.push(child);
    expect((await once(child, 'message'))[0]).toEqual({ held: true });
    child.kill('SIGSTOP');
    const startedAtMs = performance.now();
    const lock = await take(locks());
    expect(performance.now() - startedAtMs).toBeLessThan(4 * SILENCE_MS);
    const [told] = await Promise.all([once(child, 'message'), child.kill('SIGCONT')]);
    expect(told[0]).toEqual({ afterWaking: false });
    expect(lock.isHeld()).toBe(true);
  });
});
