import { byTest, type DecidingProcess, decidingProcess, fixedClock } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { endUserStream, tokenAccountStream } from '../deciding/stream-types.js';
import { StreamChanges } from './stream-changes.js';

const MAX_AGE_MS = 5_000;
const stream = 'endUser-one';
const unchanged = 'endUser-other';

let clock: ReturnType<typeof fixedClock>;
let here: DecidingProcess;
let elsewhere: DecidingProcess;
let changes: StreamChanges;

const nowMs = () => clock.now().getTime();
const holds = (readAtMs: number, of = stream) => changes.holds(of, readAtMs, MAX_AGE_MS, nowMs());

/** Lets a look that was begun come to its end. */
const looked = () => new Promise((resolve) => setTimeout(resolve, 1));

/** Asks once a second, as requests do. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    clock.advance(1_000);
    holds(0);
    await looked();
  }
}

const change = () => {
  const command = { tenantId: 'ten_1', confidential: 'v1.sealed', dataKeyId: '1' };
  return elsewhere.runner.run(
    endUserStream,
    'one',
    { type: 'RegisterEndUser', ...command },
    byTest,
  );
};

beforeEach(() => {
  clock = fixedClock();
  here = decidingProcess({ clock });
  elsewhere = decidingProcess(here);
  changes = new StreamChanges(here.store, clock);
});

describe('a reading', () => {
  test('holds for its own time when nothing was heard yet', () => {
    const readAtMs = nowMs();
    expect(holds(readAtMs)).toBe(true);
    clock.advance(MAX_AGE_MS - 1);
    expect(holds(readAtMs)).toBe(true);
    clock.advance(1);
    expect(holds(readAtMs)).toBe(false);
  });

  test('holds as long as the store is listened to and its stream does not change', async () => {
    await pass(1);
    clock.advance(1);
    const readAtMs = nowMs();
    await pass(60);
    expect(holds(readAtMs)).toBe(true);
  });

  test('ends within a second when its stream changes elsewhere, other readings hold', async () => {
    await pass(1);
    clock.advance(1);
    const readAtMs = nowMs();
    await pass(10);
    await change();
    await pass(1);
    expect(holds(readAtMs)).toBe(false);
    expect(holds(readAtMs, unchanged)).toBe(true);
    expect(holds(nowMs() + 1)).toBe(true);
  });

  test('taken before anyone listened ages on its own', async () => {
    const readAtMs = nowMs();
    await pass(4);
    expect(holds(readAtMs)).toBe(true);
    await pass(1);
    expect(holds(readAtMs)).toBe(false);
  });

  test('does not hold when nobody asked for so long that a change may have gone unheard', async () => {
    await pass(1);
    clock.advance(1);
    const readAtMs = nowMs();
    await pass(10);
    clock.advance(MAX_AGE_MS);
    expect(holds(readAtMs)).toBe(false);
    await looked();
    expect(holds(readAtMs)).toBe(true);
  });
});

test('while looks fail readings age, and what changed meanwhile is heard afterwards', async () => {
  await pass(1);
  clock.advance(1);
  const readAtMs = nowMs();
  await pass(10);
  const { head } = here.store;
  here.store.head = () => Promise.reject(new Error('the store is away'));
  await change();
  await pass(4);
  expect(holds(readAtMs)).toBe(true);
  await pass(1);
  expect(holds(readAtMs)).toBe(false);
  here.store.head = head;
  await pass(2);
  expect(holds(readAtMs)).toBe(false);
  expect(holds(readAtMs, unchanged)).toBe(true);
});

test('events of other categories are not looked at', async () => {
  await pass(1);
  clock.advance(1);
  const readAtMs = nowMs();
  await elsewhere.runner.run(
    tokenAccountStream,
    'ten_1',
    { type: 'OpenAccount', tenantId: 'ten_1' },
    byTest,
  );
  await pass(10);
  expect(holds(readAtMs, 'tokenAccount-ten_1')).toBe(true);
});
