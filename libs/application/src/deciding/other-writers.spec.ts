import { type TokenAccountCommand, tokenAccount } from '@imprest/domain';
import { toEnvelope } from '@imprest/event-catalogue';
import {
  byTest,
  type DecidingProcess,
  decidingProcess,
  grantTokens,
  holdTokens,
  openAccount,
} from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { NO_STREAM, type StreamAppend } from '../ports/event-store.js';
import type { RunOptions } from './decider-runner.js';
import { tokenAccountStream } from './stream-types.js';

const tenant = 'ten_1';
const stream = `tokenAccount-${tenant}`;

let here: DecidingProcess;
let there: DecidingProcess;

const run = (process: DecidingProcess, command: TokenAccountCommand, options?: RunOptions) =>
  process.runner.run(tokenAccountStream, tenant, command, byTest, options);
const balance = ({ runner }: DecidingProcess) =>
  runner.read(tokenAccountStream, tenant, ({ available, held }) => ({ available, held }));

/** Another process is granted a token just before each of the next appends made here. */
function overtake(times: number): void {
  let left = times;
  here.store.beforeAppend = async () => {
    if (left === 0) return;
    left -= 1;
    await run(there, grantTokens(`lot_at_${here.log.head}`, 1n));
  };
}

function eventId(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

/** The first event of another stream, as a command wants it written before its own. */
function opening(name: string, n: number): StreamAppend {
  const metadata = { ...byTest, occurredAt: '2026-01-15T09:00:00.000Z' };
  const event = { type: 'AccountOpened', data: { tenantId: name } } as const;
  const events = [toEnvelope(event, eventId(n), metadata)];
  return { stream: `tokenAccount-${name}`, expectedRevision: NO_STREAM, events };
}

beforeEach(() => {
  here = decidingProcess();
  there = decidingProcess(here);
});

describe('an append that another writer overtakes', () => {
  beforeEach(() => openAccount(here.runner, 100n, tenant));

  test('is decided anew on what is there now', async () => {
    await run(there, holdTokens('there', 95n));
    expect(await run(here, holdTokens('here', 10n))).toMatchObject({
      kind: 'rejected',
      error: { code: 'insufficient_balance', details: { balance: 5, required: 10 } },
    });
    expect(await run(here, holdTokens('smaller', 5n))).toMatchObject({
      kind: 'accepted',
      revision: 3,
    });
    expect(await balance(there)).toEqual({ available: 0n, held: 100n });
  });

  test('gets through although it loses many races in a row, and reads little for each', async () => {
    for (let n = 0; n < 600; n += 1) await run(here, holdTokens(`past_${n}`, 0n));
    overtake(30);
    const before = here.store.eventsRead;
    expect((await run(here, holdTokens('at last'))).kind).toBe('accepted');
    expect(here.store.conflicts).toBe(30);
    // The history once, then what the other writer has added.
    expect(here.store.eventsRead - before).toBeLessThan(700);
    expect(await balance(here)).toEqual({ available: 120n, held: 10n });
  });

  test('is given up after 50 attempts, and nothing of it is written', async () => {
    overtake(50);
    await expect(run(here, holdTokens('never'))).rejects.toThrow(
      'tokenAccount-ten_1 was in conflict 50 times in a row',
    );
    expect(await balance(here)).toEqual({ available: 150n, held: 0n });
    expect((await run(here, holdTokens('now'))).kind).toBe('accepted');
  });

  test('leaves a state that is right, whatever came between two lost races', async () => {
    for (let n = 0; n < 10; n += 1) {
      overtake(1);
      await run(here, holdTokens(`overtaken_${n}`, 1n));
      await run(here, holdTokens(`alone_${n}`, 1n));
      await run(there, holdTokens(`there_${n}`, 1n));
      overtake(1);
      await run(here, holdTokens(`overtaken_again_${n}`, 1n));
    }
    const fresh = decidingProcess(here);
    for (const process of [here, there, fresh]) {
      expect(await balance(process)).toEqual({ available: 80n, held: 40n });
    }
  });

  test('after the others have fallen silent needs no look at the store any more', async () => {
    overtake(1);
    await run(here, holdTokens('overtaken', 0n));
    for (let n = 0; n < 100; n += 1) await run(here, holdTokens(`alone_${n}`, 0n));
    const before = here.store.reads;
    await run(here, holdTokens('one more', 0n));
    expect(here.store.reads).toBe(before);
  });
});

describe('a refusal', () => {
  test('is only given on a state proved current: tokens granted elsewhere meanwhile count', async () => {
    await openAccount(here.runner, 0n, tenant);
    await run(there, grantTokens('lot_2', 10n));
    expect((await run(here, holdTokens('one'))).kind).toBe('accepted');
    expect((await run(here, holdTokens('two'))).kind).toBe('rejected');
  });

  test('is given although others write all the time', async () => {
    await openAccount(here.runner, 0n, tenant);
    const { readStream } = here.store;
    const before = here.store.reads;
    let n = 0;
    here.store.readStream = async function* (name, options) {
      yield* readStream.call(here.store, name, options);
      n += 1;
      await run(there, { ...grantTokens(`lot_${n}`, 1n) });
    };
    expect((await run(here, holdTokens('dear', 1_000n))).kind).toBe('rejected');
    expect(here.store.reads - before).toBe(1);
    expect(await balance(here)).toMatchObject({ held: 0n });
  });

  test('of a stream seen for the first time costs one read', async () => {
    expect((await run(here, holdTokens('early'))).kind).toBe('rejected');
    expect(here.store.reads).toBe(1);
  });

  test('by a decision that throws is given on the current state as well', async () => {
    await openAccount(here.runner, 0n, tenant);
    const unkind = {
      ...tokenAccountStream,
      decider: {
        ...tokenAccount,
        decide(command: TokenAccountCommand, state: Parameters<typeof tokenAccount.decide>[1]) {
          if (state.available === 0n) throw new Error('poor');
          return tokenAccount.decide(command, state);
        },
      },
    };
    const other = decidingProcess(here);
    const attempt = () => other.runner.run(unkind, tenant, holdTokens('one'), byTest);
    await expect(attempt()).rejects.toThrow('poor');
    await run(there, grantTokens('lot_2', 10n));
    expect((await attempt()).kind).toBe('accepted');
    expect(await balance(here)).toEqual({ available: 0n, held: 10n });
  });
});

describe('streams to be written before', () => {
  beforeEach(() => openAccount(here.runner, 100n, tenant));

  test('are written with the command', async () => {
    await run(here, holdTokens('one'), { precededBy: [opening('first', 1)] });
    expect(here.store.appends.at(-1)).toEqual(['tokenAccount-first', stream]);
  });

  test('are not written for a command that is rejected or a repeat', async () => {
    await run(here, holdTokens('one'));
    await run(here, holdTokens('one'), { precededBy: [opening('repeat', 1)] });
    await run(here, holdTokens('dear', 1_000n), { precededBy: [opening('dear', 2)] });
    expect([...here.log.streams.keys()]).toEqual([stream]);
  });

  test('that are there already answer their command only; the others go through', async () => {
    await openAccount(there.runner, 0n, 'taken');
    const results = await Promise.all([
      run(here, holdTokens('one'), { precededBy: [opening('free', 1)] }),
      run(here, holdTokens('two'), { precededBy: [opening('taken', 2)] }),
      run(here, holdTokens('three')),
    ]);
    expect(results).toMatchObject([
      { kind: 'accepted' },
      { kind: 'preceded', streams: ['tokenAccount-taken'] },
      { kind: 'accepted' },
    ]);
    expect(await balance(here)).toEqual({ available: 80n, held: 20n });
    expect(here.log.streams.get('tokenAccount-free')).toHaveLength(1);
  });

  test('and the own stream may be overtaken at once', async () => {
    await openAccount(there.runner, 0n, 'taken');
    await run(there, holdTokens('there', 85n));
    const results = await Promise.all([
      run(here, holdTokens('one'), { precededBy: [opening('taken', 1)] }),
      run(here, holdTokens('two'), { precededBy: [opening('free', 2)] }),
      run(here, holdTokens('three'), { precededBy: [opening('free too', 3)] }),
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['preceded', 'accepted', 'rejected']);
  });
});
