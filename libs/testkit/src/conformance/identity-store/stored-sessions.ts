import { beforeEach, expect, test } from 'vitest';
import { at, newUser, type StoreNow, session } from './fixtures.js';

export function storedSessionsCases(store: StoreNow): void {
  const find = (token: string, minutes: number) =>
    store().sessions.find(`hash of ${token}`, at(minutes));
  const open = (...sessions: Parameters<typeof session>[]) =>
    sessions.reduce(
      (before, of) => before.then(() => store().sessions.open(session(...of), 3)),
      Promise.resolve(),
    );

  beforeEach(async () => {
    for (const n of [1, 2]) await store().users.add(newUser(n));
  });

  test('are found until they were idle for too long', async () => {
    await open(['a', { secondFactorPending: true }]);
    expect(await find('a', 29)).toEqual(session('a', { secondFactorPending: true }));
    expect(await find('a', 30)).toBeUndefined();
    expect(await find('b', 0)).toBeUndefined();
  });

  test('live longer by being used, up to their very end', async () => {
    await open(['a']);
    await store().sessions.touch('hash of a', at(20), at(90));
    expect(await find('a', 59)).toMatchObject({ seenAt: at(20), idleEndsAt: at(90) });
    expect(await find('a', 60)).toBeUndefined();
  });

  test('end at once', async () => {
    await open(['a']);
    await store().sessions.end('hash of a');
    await store().sessions.end('hash of a');
    expect(await find('a', 0)).toBeUndefined();
  });

  test('of a user end together, but for one when that is asked', async () => {
    await open(['a'], ['b'], ['c'], ['d', { userId: 'usr_2' }]);
    expect(await store().sessions.endAll('usr_1', 'hash of b')).toBe(2);
    expect(await find('a', 0)).toBeUndefined();
    expect(await find('b', 0)).toBeDefined();
    expect(await store().sessions.endAll('usr_1', null)).toBe(1);
    expect(await find('d', 0)).toBeDefined();
  });

  test('of a user are listed until they are over, the latest use first', async () => {
    const network = '203.0.113.0/24';
    await open(['a'], ['b', { seenAt: at(1), network, browser: null }], ['c', { userId: 'usr_2' }]);
    await store().sessions.touch('hash of a', at(2), at(40));
    const used = session('a', { seenAt: at(2), idleEndsAt: at(40) });
    const other = session('b', { seenAt: at(1), network, browser: null });
    expect(await store().sessions.of('usr_1', at(3))).toEqual([used, other]);
    expect(await store().sessions.of('usr_1', at(30))).toEqual([used]);
    expect(await store().sessions.of('usr_9', at(3))).toEqual([]);
  });

  test('of one user are few: the latest stay', async () => {
    for (const n of [1, 2, 3, 4]) await open([`${n}`, { openedAt: at(n) }]);
    expect(await find('1', 5)).toBeUndefined();
    for (const n of [2, 3, 4]) expect(await find(`${n}`, 5)).toBeDefined();
  });

  test('are swept when they are over, and stay when not', async () => {
    await open(['a'], ['b', { idleEndsAt: at(40) }]);
    await store().sweep(at(30));
    expect(await find('a', 0)).toBeUndefined();
    expect(await find('b', 0)).toBeDefined();
  });
}
