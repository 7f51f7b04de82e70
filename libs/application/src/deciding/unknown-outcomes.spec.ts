import {
  byTest,
  type DecidingProcess,
  decidingProcess,
  holdTokens,
  openAccount,
} from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { EventStoreUnavailable } from '../ports/event-store.js';
import { tokenAccountStream } from './stream-types.js';

const tenant = 'ten_1';
let process: DecidingProcess;

const hold = (id: string, tokens?: bigint) =>
  process.runner.run(tokenAccountStream, tenant, holdTokens(id, tokens), byTest);
const balance = () =>
  process.runner.read(tokenAccountStream, tenant, ({ available, held }) => ({ available, held }));

function failOnce(when: 'beforeAppend' | 'afterAppend'): void {
  process.store[when] = () => {
    process.store[when] = () => undefined;
    throw new EventStoreUnavailable('connection lost');
  };
}

beforeEach(async () => {
  process = decidingProcess();
  await openAccount(process.runner, 100n, tenant);
});

describe.each([
  ['before it was written', 'beforeAppend', 0n],
  ['after it was written', 'afterAppend', 30n],
] as const)('an append lost %s', (_when, moment, held) => {
  test('fails every command of it, and the next one sees the truth', async () => {
    failOnce(moment);
    const results = await Promise.allSettled(['a', 'b', 'c'].map((id) => hold(id)));
    for (const result of results) {
      expect(result).toMatchObject({ reason: expect.any(EventStoreUnavailable) });
    }
    expect(await balance()).toEqual({ available: 100n - held, held });
  });

  test('is safe to repeat: each command takes effect once', async () => {
    failOnce(moment);
    await Promise.allSettled(['a', 'b', 'c'].map((id) => hold(id)));
    const again = await Promise.all(['a', 'b', 'c'].map((id) => hold(id)));
    expect(again.map((result) => result.kind === 'accepted' && result.events.length)).toEqual(
      held === 0n ? [1, 1, 1] : [0, 0, 0],
    );
    expect(await balance()).toEqual({ available: 70n, held: 30n });
  });

  test('does not hold up the commands that came in meanwhile', async () => {
    failOnce(moment);
    const lost = hold('lost', 30n);
    lost.catch(() => undefined);
    await new Promise(setImmediate);
    const next = hold('next', 70n);
    await expect(lost).rejects.toThrow(EventStoreUnavailable);
    expect((await next).kind).toBe('accepted');
    expect(await hold('too much', 1n + 30n - held)).toMatchObject({ kind: 'rejected' });
  });
});

test('a look while the append is lost does not show what was never written', async () => {
  failOnce('beforeAppend');
  const [lost, look] = await Promise.allSettled([hold('lost'), balance()]);
  expect(lost.status).toBe('rejected');
  expect(look.status).toBe('rejected');
  expect(await balance()).toEqual({ available: 100n, held: 0n });
});

test('a history that cannot be read fails the commands and is read again for the next', async () => {
  const fresh = decidingProcess(process);
  const { readStream } = fresh.store;
  fresh.store.readStream = async function* (stream, options) {
    fresh.store.readStream = readStream;
    yield* readStream.call(fresh.store, stream, { ...options, maxCount: 1 });
    throw new EventStoreUnavailable('connection lost');
  };
  process = fresh;
  await expect(hold('one')).rejects.toThrow(EventStoreUnavailable);
  expect((await hold('one')).kind).toBe('accepted');
  expect(await balance()).toEqual({ available: 90n, held: 10n });
});
