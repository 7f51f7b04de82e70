import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { AssetStore } from '@imprest/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

export interface AssetStoreHarness {
  readonly store: AssetStore;
  dispose(): Promise<void>;
  /** Two writes further apart than this have different times; 20 when absent. */
  readonly timeResolutionMs?: number;
}

const UNSAFE_IDS = [
  '',
  '.',
  '..',
  'a.b',
  '../a',
  'a/b',
  '/a',
  'a\\b',
  'a b',
  'ä',
  'a\0',
  'x'.repeat(101),
];

export function assetStoreConformance(
  name: string,
  create: () => Promise<AssetStoreHarness>,
): void {
  describe(`AssetStore: ${name}`, () => {
    let harness: AssetStoreHarness;
    let store: AssetStore;
    const read = async (...args: Parameters<AssetStore['read']>) =>
      Buffer.from(await store.read(...args));
    const listed = async (time: Date) => {
      const ids: string[] = [];
      for await (const id of store.listWrittenBefore(time)) ids.push(id);
      return ids.sort();
    };
    const inAnHour = () => new Date(Date.now() + 3_600_000);

    beforeEach(async () => {
      harness = await create();
      store = harness.store;
    });
    afterEach(() => harness.dispose());

    test.each([0, 1, 4096, 300_000])('a blob of %i bytes comes back as it was', async (length) => {
      const blob = randomBytes(length);
      await store.put('asset', blob);
      expect(await store.size('asset')).toBe(length);
      expect(blob.equals(await read('asset'))).toBe(true);
    });

    test('a put replaces the blob as a whole', async () => {
      await store.put('asset', Buffer.from('a long first version'));
      await store.put('asset', Buffer.from('second'));
      expect((await read('asset')).toString()).toBe('second');
    });

    test('puts of one id at the same time leave one of them whole', async () => {
      const blobs = Array.from({ length: 8 }, (_, i) => Buffer.alloc(100_000 + i, i + 1));
      await Promise.all(blobs.map((blob) => store.put('asset', blob)));
      const left = await read('asset');
      expect(blobs.some((blob) => blob.equals(left))).toBe(true);
    });

    test('what the caller does to the bytes afterwards does not reach the blob', async () => {
      const blob = Buffer.from('as given');
      await store.put('asset', blob);
      blob.fill(0);
      expect((await read('asset')).toString()).toBe('as given');
    });

    test.each([
      [0, 0, 'a'],
      [2, 4, 'cde'],
      [0, 9, 'abcdefghij'],
      [7, 1_000_000, 'hij'],
      [10, 20, ''],
      [500, 600, ''],
    ])('of ten bytes, bytes %i to %i are "%s"', async (start, end, expected) => {
      await store.put('asset', Buffer.from('abcdefghij'));
      expect((await read('asset', { start, end })).toString()).toBe(expected);
    });

    test('a blob that is not there has no size and cannot be read', async () => {
      expect(await store.size('asset')).toBeUndefined();
      const missing = expect.objectContaining({ name: 'AssetMissing', assetId: 'asset' });
      await expect(store.read('asset')).rejects.toThrow(missing);
      await expect(store.read('asset', { start: 0, end: 5 })).rejects.toThrow(missing);
    });

    test('a deleted blob is gone, the others stay, and deleting again is no error', async () => {
      await store.put('gone', Buffer.from('1'));
      await store.put('kept', Buffer.from('2'));
      await store.delete('gone');
      await store.delete('gone');
      expect(await store.size('gone')).toBeUndefined();
      expect((await read('kept')).toString()).toBe('2');
    });

    test('ids of 100 characters that differ in case only are two blobs', async () => {
      const [upper, lower] = [`A${'x'.repeat(99)}`, `a${'x'.repeat(99)}`];
      await store.put(upper, Buffer.from('upper'));
      await store.put(lower, Buffer.from('lower'));
      expect((await read(upper)).toString()).toBe('upper');
      expect((await read(lower)).toString()).toBe('lower');
    });

    test.each(UNSAFE_IDS)('the id %j is refused everywhere', async (id) => {
      await expect(store.put(id, Buffer.from('x'))).rejects.toThrow(RangeError);
      await expect(store.size(id)).rejects.toThrow(RangeError);
      await expect(store.read(id)).rejects.toThrow(RangeError);
      await expect(store.delete(id)).rejects.toThrow(RangeError);
    });

    test('lists every blob once, and none from before there was any', async () => {
      const ids = Array.from({ length: 50 }, (_, i) => `asset-${String(i).padStart(2, '0')}`);
      for (const id of ids) await store.put(id, Buffer.from(id));
      expect(await listed(inAnHour())).toEqual(ids);
      expect(await listed(new Date(0))).toEqual([]);
    });

    test('lists by the time of the last write', async () => {
      const resolution = harness.timeResolutionMs ?? 20;
      await store.put('old', Buffer.from('1'));
      await store.put('rewritten', Buffer.from('1'));
      await setTimeout(resolution);
      const between = new Date();
      await setTimeout(resolution);
      await store.put('rewritten', Buffer.from('2'));
      await store.put('new', Buffer.from('1'));
      expect(await listed(between)).toEqual(['old']);
    });

    test('blobs deleted while they are listed do not stop the listing', async () => {
      for (let i = 0; i < 20; i += 1) await store.put(`asset-${i}`, Buffer.from('x'));
      for await (const id of store.listWrittenBefore(inAnHour())) await store.delete(id);
      expect(await listed(inAnHour())).toEqual([]);
    });
  });
}
