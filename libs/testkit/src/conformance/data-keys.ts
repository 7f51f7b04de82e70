import type { DataKeys } from '@imprest/application';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

export interface DataKeysHarness {
  /** One more process on the same durable keys. */
  connect(): Promise<DataKeys>;
  /** Closes nothing that connect gave out. */
  dispose(): Promise<void>;
}

/** Longest time a key destroyed by one process may stay open in another one. */
const DESTROYED_EVERYWHERE_WITHIN_MS = 5_000;

export function dataKeysConformance(name: string, create: () => Promise<DataKeysHarness>): void {
  describe(`DataKeys: ${name}`, () => {
    let harness: DataKeysHarness;
    let keys: DataKeys;
    const connected: DataKeys[] = [];
    const connect = async () => {
      const instance = await harness.connect();
      connected.push(instance);
      return instance;
    };

    beforeEach(async () => {
      harness = await create();
      keys = await connect();
    });
    afterEach(async () => {
      await Promise.all(connected.splice(0).map((instance) => instance.close()));
      await harness.dispose();
    });

    test('a key has 32 secret bytes', async () => {
      const key = await keys.take();
      expect(key.secret).toHaveLength(32);
      expect(key.id).not.toBe('');
    });

    test('no two keys of two processes share an id or a secret', async () => {
      const other = await connect();
      const taken = await Promise.all(
        Array.from({ length: 1_500 }, (_, i) => (i % 2 === 0 ? keys : other).take()),
      );
      const secrets = taken.map((key) => Buffer.from(key.secret).toString('hex'));
      expect(new Set(taken.map((key) => key.id)).size).toBe(1_500);
      expect(new Set(secrets).size).toBe(1_500);
    });

    test('a key opens in another process as soon as it is taken', async () => {
      const key = await keys.take();
      const other = await connect();
      expect((await other.open([key.id])).get(key.id)).toEqual(key);
    });

    test('a taken key outlives the process that took it', async () => {
      const key = await keys.take();
      await keys.close();
      const later = await connect();
      expect((await later.open([key.id])).get(key.id)).toEqual(key);
    });

    test('opening nothing finds nothing', async () => {
      expect((await keys.open([])).size).toBe(0);
    });

    test('ids nobody gave out are missing, the others are found', async () => {
      const key = await keys.take();
      const found = await keys.open(['0', 'no-such-key', key.id, key.id, '']);
      expect([...found.keys()]).toEqual([key.id]);
    });

    test('many keys open at once', async () => {
      const taken = await Promise.all(Array.from({ length: 700 }, () => keys.take()));
      const other = await connect();
      const found = await other.open(taken.map((key) => key.id));
      expect(taken.every((key) => Buffer.from(key.secret).equals(found.get(key.id)!.secret))).toBe(
        true,
      );
    });

    test('a destroyed key is gone at once for the process that destroyed it', async () => {
      const [gone, kept] = [await keys.take(), await keys.take()];
      await keys.open([gone.id, kept.id]);
      await keys.destroy([gone.id]);
      expect([...(await keys.open([gone.id, kept.id])).keys()]).toEqual([kept.id]);
    });

    test('a destroyed key is gone for every other process within 5 s', async () => {
      const key = await keys.take();
      const other = await connect();
      await other.open([key.id]);
      await keys.destroy([key.id]);
      await vi.waitFor(async () => expect((await other.open([key.id])).size).toBe(0), {
        timeout: DESTROYED_EVERYWHERE_WITHIN_MS + 500,
        interval: 100,
      });
    });

    test('destroying again, nothing, or what never was is no error', async () => {
      const key = await keys.take();
      await keys.destroy([key.id]);
      await keys.destroy([key.id, 'no-such-key']);
      await keys.destroy([]);
      expect((await keys.open([key.id])).size).toBe(0);
    });

    test('after close no key is handed out, and closing again is no error', async () => {
      await keys.close();
      await keys.close();
      await expect((async () => keys.take())()).rejects.toThrow(
        expect.objectContaining({ name: 'DataKeysUnavailable' }),
      );
    });
  });
}
