import type { EndpointTraffic, LinedMessage } from '@imprest/application';
import { breakerState } from '@imprest/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

export interface EndpointTrafficHarness {
  /** One more process that delivers. */
  connect(): EndpointTraffic;
  /** Lets that much time go by for messages whose turn came. */
  elapse(ms: number): Promise<unknown>;
  dispose(): Promise<void>;
}

const NOW = 1_763_600_000_000;
const message = (n: number, line: string | null, endpointId = 'whk_1'): LinedMessage => ({
  endpointId,
  messageId: `msg_${n}`,
  tenantId: 'ten_1',
  line,
});

export function endpointTrafficConformance(
  name: string,
  create: () => Promise<EndpointTrafficHarness>,
): void {
  describe(`EndpointTraffic: ${name}`, () => {
    let harness: EndpointTrafficHarness;
    let one: EndpointTraffic;
    let other: EndpointTraffic;
    const idsOf = (messages: readonly LinedMessage[]) => messages.map((each) => each.messageId);

    beforeEach(async () => {
      harness = await create();
      one = harness.connect();
      other = harness.connect();
    });
    afterEach(async () => {
      await Promise.all([one.close(), other.close()]);
      await harness.dispose();
    });

    test('numbers the messages of an endpoint, and a message once', async () => {
      const places = [];
      for (const n of [1, 2, 1]) places.push(await one.join(message(n, null)));
      expect(places).toEqual([
        { sequence: 1, isItsTurn: true },
        { sequence: 2, isItsTurn: true },
        { sequence: 1, isItsTurn: true },
      ]);
      const elsewhere = await other.join(message(3, null, 'whk_2'));
      expect(elsewhere.sequence).toBe(1);
    });

    test('gives each of many that join at once a number of its own', async () => {
      const joined = await Promise.all(
        Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).join(message(n, 'a'))),
      );
      const numbers = joined.map(({ sequence }) => sequence).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
      const first = joined.find(({ isItsTurn }) => isItsTurn);
      expect(first?.sequence).toBe(1);
      expect(joined.filter(({ isItsTurn }) => isItsTurn)).toHaveLength(1);
    });

    test('lets a line go on one by one, and another line alone', async () => {
      for (const n of [1, 2, 3]) await one.join(message(n, 'a'));
      expect((await one.join(message(4, 'b'))).isItsTurn).toBe(true);
      expect(idsOf(await other.leave(['msg_1']))).toEqual(['msg_2']);
      expect(await one.leave(['msg_1', 'msg_4', 'msg_none'])).toEqual([]);
      expect(await one.leave(['msg_2'])).toEqual([message(3, 'a')]);
      expect(await one.leave(['msg_3'])).toEqual([]);
      expect((await one.join(message(5, 'a'))).isItsTurn).toBe(true);
    });

    test('gives the turn of one that waits still to nobody else', async () => {
      for (const n of [1, 2, 3]) await one.join(message(n, 'a'));
      expect(await one.leave(['msg_2'])).toEqual([]);
      expect(idsOf(await one.leave(['msg_1']))).toEqual(['msg_3']);
    });

    test('says what is to be sent once an endpoint works again', async () => {
      for (const n of [1, 2, 3]) await one.join(message(n, n === 1 ? null : 'a'));
      await one.join(message(4, null, 'whk_2'));
      const [first, second, ...more] = await one.waiting('whk_1', 0, 10);
      expect([first?.messageId, second?.messageId, more]).toEqual(['msg_1', 'msg_2', []]);
      expect(idsOf(await one.waiting('whk_1', first?.sequence ?? 0, 10))).toEqual(['msg_2']);
      expect(idsOf(await one.waiting('whk_1', 0, 1))).toEqual(['msg_1']);
    });

    test('finds a turn that was given a minute ago, once in a minute', async () => {
      for (const n of [1, 2]) await one.join(message(n, 'a'));
      await one.join(message(3, null));
      expect(await one.overdue(10)).toEqual([]);
      await harness.elapse(61_000);
      expect(idsOf(await other.overdue(10))).toEqual(['msg_1']);
      expect(await one.overdue(10)).toEqual([]);
    });

    test('opens a breaker for everybody, lets one probe through, and heals', async () => {
      const fresh = await one.health('whk_1');
      expect([breakerState(fresh.breaker, NOW), fresh.failingSinceMs]).toEqual(['closed', null]);
      for (let n = 0; n < 4; n += 1) await one.failed('whk_1', NOW + n);
      const opened = await other.failed('whk_1', NOW + 4);
      expect(breakerState(opened.breaker, NOW + 4)).toBe('open');
      expect(await one.health('whk_1')).toEqual(opened);
      expect(opened.failingSinceMs).toBe(NOW);
      expect(await one.takeProbe('whk_1', NOW + 5, NOW + 10)).toBe(false);
      const due = opened.breaker.openUntilMs;
      const probes = [one, other].map((each) => each.takeProbe('whk_1', due, due + 1_000));
      expect((await Promise.all(probes)).filter(Boolean)).toHaveLength(1);
      expect(await other.takeProbe('whk_1', due + 1_000, due + 2_000)).toBe(true);
      await other.succeeded(new Map([['whk_1', due + 1_001]]));
      expect(await one.health('whk_1')).toEqual(fresh);
      expect(await one.takeProbe('whk_1', due + 9_000, due + 10_000)).toBe(false);
    });

    test('forgets what failed before an endpoint worked, and nothing that failed since', async () => {
      await one.failed('whk_1', NOW);
      await one.failed('whk_2', NOW);
      const successes = (...times: readonly number[]) =>
        new Map(times.map((at, index) => [`whk_${index + 1}`, at]));
      await other.succeeded(successes(NOW - 1, NOW + 1, NOW));
      expect((await one.health('whk_1')).breaker.failures).toBe(1);
      expect((await one.health('whk_2')).breaker.failures).toBe(0);
      await other.heal('whk_1');
      expect(await one.failing()).toBe(0);
    });

    test('says what waits for an endpoint, since when, and what is under way to it', async () => {
      expect((await one.conditions(['whk_1'])).size).toBe(0);
      for (const n of [1, 2]) await one.join(message(n, 'a'));
      await one.failed('whk_1', NOW);
      await one.attend({ id: 'a', makesRoomUpTo: 0, underWay: { whk_1: 2, whk_2: 5 } });
      await other.attend({ id: 'b', makesRoomUpTo: 0, underWay: { whk_1: 1 } });
      const [, condition] = [...(await other.conditions(['whk_0', 'whk_1']))][0] ?? [];
      expect(condition).toMatchObject({ waiting: 2, underWay: 3, failingSinceMs: NOW });
      expect(condition?.waitingSinceMs).toEqual(expect.any(Number));
      await one.leave(['msg_1', 'msg_2']);
      const after = (await one.conditions(['whk_1'])).get('whk_1');
      expect(after).toMatchObject({ waiting: 0, waitingSinceMs: null });
    });

    test('finds what waits since before a time, and what is beyond a number', async () => {
      for (const n of [1, 2, 3]) await one.join(message(n, n === 3 ? null : 'a'));
      await one.join(message(4, null, 'whk_2'));
      const [since] = [...(await one.conditions(['whk_1'])).values()].map((c) => c.waitingSinceMs);
      const old = { beforeMs: (since as number) + 60_000, most: 10 };
      const many = { beforeMs: (since as number) - 60_000, most: 1 };
      expect(await one.crowded({ ...many, most: 3 })).toEqual([]);
      expect(await one.crowded(many)).toEqual([{ endpointId: 'whk_1', tenantId: 'ten_1' }]);
      expect(await other.crowded(old)).toHaveLength(2);
      expect(idsOf(await one.overstaying('whk_1', many, 10))).toEqual(['msg_1', 'msg_2']);
      expect(idsOf(await one.overstaying('whk_1', old, 2))).toEqual(['msg_1', 'msg_2']);
      expect(await one.overstaying('whk_1', { ...many, most: 3 }, 10)).toEqual([]);
    });

    test('knows which processes deliver, each under a number, until one departs', async () => {
      const first = { id: 'a', makesRoomUpTo: 0, underWay: {} };
      const [alone] = await one.attend(first);
      expect(alone).toMatchObject({ id: 'a', makesRoomUpTo: 0 });
      const both = await other.attend({ ...first, id: 'b' });
      const numberOf = (id: string) => both.find((each) => each.id === id)?.number as number;
      expect(numberOf('b')).toBeGreaterThan(numberOf('a'));
      const seen = await one.attend({ ...first, makesRoomUpTo: numberOf('b') });
      expect(seen.find(({ id }) => id === 'a')).toEqual({
        ...{ id: 'a', number: numberOf('a'), makesRoomUpTo: numberOf('b') },
      });
      await one.depart('a');
      expect((await other.attend({ ...first, id: 'b' })).map(({ id }) => id)).toEqual(['b']);
      const [again] = (await one.attend(first)).filter(({ id }) => id === 'a');
      expect(again?.number).toBeGreaterThan(numberOf('b'));
    });

    test('begins no more in a second than the rate says, over all processes', async () => {
      let begun = 0;
      for (let ms = 0; ms < 2_000; ms += 10) {
        const waits = await Promise.all(
          [one, other].map((each) => each.pace('whk_1', 20, NOW + ms)),
        );
        begun += waits.filter((wait) => wait === 0).length;
        for (const wait of waits) expect(wait).toBeLessThanOrEqual(50);
      }
      expect(begun).toBeGreaterThanOrEqual(40);
      expect(begun).toBeLessThanOrEqual(43);
    });

    test('forgets an endpoint with all that waits for it', async () => {
      for (const n of [1, 2]) await one.join(message(n, 'a'));
      await one.failed('whk_1', NOW);
      expect(await other.failing()).toBe(1);
      expect(idsOf(await one.forget('whk_1'))).toEqual(['msg_2']);
      expect(await one.waiting('whk_1', 0, 10)).toEqual([]);
      expect((await one.health('whk_1')).failingSinceMs).toBeNull();
      expect(await one.failing()).toBe(0);
    });
  });
}
