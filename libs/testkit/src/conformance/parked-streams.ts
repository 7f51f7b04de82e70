import type {
  CheckpointStore,
  ParkedRequest,
  ParkedStream,
  ParkedStreams,
} from '@imprest/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

export interface ParkedStreamsHarness {
  readonly streams: ParkedStreams;
  /** On the same progress. */
  readonly checkpoints: CheckpointStore;
  dispose(): Promise<void>;
}

const HOUR_MS = 3_600_000;

/** An event of `stream` that `consumer` cannot process, as it was parked in hour `hour` of a day. */
function parked(
  consumer: string,
  stream: string,
  hour = 9,
  more: Partial<ParkedStream> = {},
): Omit<ParkedStream, 'request' | 'released'> {
  return {
    id: `prk_${consumer}_${stream}`,
    ...{ consumer, stream, kind: 'reactor', revision: 4, eventId: 'id-4', eventType: 'Happened' },
    ...{ reason: 'TypeError: no such field', attempts: 5 },
    parkedAt: new Date(Date.UTC(2026, 0, 15) + hour * HOUR_MS),
    ...more,
  };
}

const retry = (revision: number): ParkedRequest => ({
  ...{ action: 'retry', revision, reason: 'mended', by: 'admin-key' },
  at: new Date('2026-01-15T10:00:00.000Z'),
});

export function parkedStreamsConformance(
  name: string,
  create: () => Promise<ParkedStreamsHarness>,
): void {
  describe(`ParkedStreams: ${name}`, () => {
    let harness: ParkedStreamsHarness;
    let streams: ParkedStreams;
    let checkpoints: CheckpointStore;
    const waiting = async (consumer = 'one') =>
      Object.fromEntries((await checkpoints.standing(consumer)).parked);
    const pass = (stream: string, revision: number) =>
      checkpoints.record('one', { processed: [{ stream, revision, position: 100n }] });

    beforeEach(async () => {
      harness = await create();
      ({ streams, checkpoints } = harness);
    });
    afterEach(() => harness.dispose());

    test('a parked stream is found by its id, as it was parked', async () => {
      const given = parked('one', 'a');
      await streams.park(given);
      expect(await streams.find(given.id)).toEqual({ ...given, released: false, request: null });
      expect(await streams.find('prk_none')).toBeUndefined();
    });

    test('the consumer learns from which revision on events wait, and no other consumer does', async () => {
      await streams.park(parked('one', 'a'));
      await streams.park(parked('one', 'b', 9, { revision: 0 }));
      expect(await waiting()).toEqual({ a: 4, b: 0 });
      expect(await waiting('two')).toEqual({});
    });

    test('parking again adds up attempts, tells the last reason, and is done with a request', async () => {
      const given = parked('one', 'a');
      await streams.park(given);
      await streams.request(given.id, retry(4));
      const again = { revision: 6, eventId: 'id-6', reason: 'RangeError: too much', attempts: 1 };
      await streams.park({ ...given, ...again });
      const expected = { ...again, attempts: 6, request: null };
      expect(await streams.of('one')).toMatchObject([expected]);
      expect(await waiting()).toEqual({ a: 6 });
    });

    test('progress of a parked stream moves what waits, and never back', async () => {
      await streams.park(parked('one', 'a'));
      await pass('a', 5);
      expect(await waiting()).toEqual({ a: 6 });
      await pass('a', 3);
      await pass('b', 9);
      expect(await waiting()).toEqual({ a: 6 });
    });

    test('a request is for the revision that was looked at, and one at a time', async () => {
      const given = parked('one', 'a');
      await streams.park(given);
      expect(await streams.request(given.id, retry(3))).toBe(false);
      expect(await streams.request(given.id, retry(4))).toBe(true);
      expect(await streams.request(given.id, retry(4))).toBe(false);
      expect(await streams.find(given.id)).toMatchObject({ request: retry(4) });
      expect(await streams.request('prk_none', retry(4))).toBe(false);
    });

    test('a released stream waits no longer, and is forgotten in a step of its own', async () => {
      const given = parked('one', 'a');
      await streams.park(given);
      await streams.remove('one', 'a');
      expect(await waiting()).toEqual({ a: 4 });
      await checkpoints.record('one', { processed: [], released: 'a' });
      expect(await waiting()).toEqual({});
      expect(await streams.find(given.id)).toMatchObject({ released: true });
      await streams.remove('one', 'a');
      expect(await streams.find(given.id)).toBeUndefined();
    });

    test('a stream that is parked again after its release stays', async () => {
      await streams.park(parked('one', 'a'));
      await checkpoints.record('one', { processed: [], released: 'a' });
      await streams.park(parked('one', 'a', 10, { revision: 8 }));
      await streams.remove('one', 'a');
      expect(await waiting()).toEqual({ a: 8 });
    });

    test('a projector releases a stream together with its rows', async () => {
      await streams.park(parked('one', 'a'));
      const failing = checkpoints.accept('one', async () => {
        throw new Error('no such account');
      });
      await expect(failing).rejects.toThrow('no such account');
      expect(await waiting()).toEqual({ a: 4 });
      await checkpoints.accept('one', async (_, { parked: known }) => ({
        processed: [],
        released: [...known.keys()][0],
      }));
      expect(await waiting()).toEqual({});
    });

    test('counts are told by consumer', async () => {
      await streams.park(parked('one', 'a'));
      await streams.park(parked('one', 'b'));
      await streams.park(parked('two', 'a'));
      await streams.request('prk_one_a', retry(4));
      expect(await streams.counts()).toEqual([
        { consumer: 'one', parked: 2, requested: 1 },
        { consumer: 'two', parked: 1, requested: 0 },
      ]);
    });

    test('lists come in pages, parked last first, of all consumers or of one', async () => {
      for (const [hour, stream] of [...'abcde'].entries()) {
        await streams.park(parked('one', stream, hour));
      }
      await streams.park(parked('two', 'a', 20));
      const names: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await streams.list({ cursor, limit: 2 });
        names.push(...page.items.map(({ consumer, stream }) => `${consumer} ${stream}`));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(names).toEqual(['two a', 'one e', 'one d', 'one c', 'one b', 'one a']);
      const oldest = await streams.list({ sort: 'parkedAt', limit: 2 });
      expect(oldest.items.map(({ stream }) => stream)).toEqual(['a', 'b']);
      const after = { sort: 'parkedAt', cursor: oldest.nextCursor ?? '', limit: 1 } as const;
      expect((await streams.list(after)).items.map(({ stream }) => stream)).toEqual(['c']);
      const { items } = await streams.list({ consumer: 'two', limit: 10 });
      expect(items.map(({ id }) => id)).toEqual(['prk_two_a']);
      await expect(streams.list({ cursor: 'made-up', limit: 2 })).rejects.toThrow();
    });
  });
}
