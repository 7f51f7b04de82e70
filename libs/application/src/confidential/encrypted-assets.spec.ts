import { createHash, randomBytes } from 'node:crypto';
import { InMemoryAssetStore, InMemoryDataKeys } from '@imprest/testkit';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { AssetDamaged, AssetErased, EncryptedAssets, type OpenAsset } from './encrypted-assets.js';

const CHUNK = 64 * 1024;
const SEALED_CHUNK = CHUNK + 16;
const content = randomBytes(3 * CHUNK + 1_000);

describe('EncryptedAssets', () => {
  let store: InMemoryAssetStore;
  let keys: InMemoryDataKeys;
  let assets: EncryptedAssets;

  beforeEach(() => {
    store = new InMemoryAssetStore();
    keys = new InMemoryDataKeys();
    assets = new EncryptedAssets(store, keys);
  });

  const blobOf = (id: string) => Buffer.from(store.blobs.get(id)!.bytes);
  const readAll = async (id: string) => collect(await assets.open(id));

  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 20 * CHUNK + 7])(
    'an asset of %i bytes comes back as it was',
    async (size) => {
      const bytes = randomBytes(size);
      const stored = await assets.put('img', bytes, 'image/png');
      const opened = await assets.open('img');
      expect(stored.size).toBe(size);
      expect(stored.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(opened).toMatchObject({ size, mediaType: 'image/png', keyId: stored.keyId });
      expect(bytes.equals(await collect(opened))).toBe(true);
    },
  );

  test('the store sees nothing of the content', async () => {
    const bytes = Buffer.alloc(5_000, 'landscape ');
    await assets.put('img', bytes, 'image/png');
    expect(blobOf('img').includes('landscape')).toBe(false);
  });

  test('any range equals the slice', async () => {
    await assets.put('img', content, 'image/png');
    const opened = await assets.open('img');
    const position = fc.oneof(
      fc.nat(content.length - 1),
      fc.constantFrom(0, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, content.length - 1),
    );
    await fc.assert(
      fc.asyncProperty(position, fc.nat(content.length + 10), async (start, length) => {
        const range = { start, end: start + length };
        const expected = content.subarray(range.start, range.end + 1);
        expect(expected.equals(await collect(opened, range))).toBe(true);
      }),
    );
  });

  test('a range reads only the chunks it touches', async () => {
    await assets.put('img', content, 'image/png');
    const opened = await assets.open('img');
    const read = vi.spyOn(store, 'read');
    await collect(opened, { start: CHUNK + 5, end: CHUNK + 6 });
    expect(read).toHaveBeenCalledTimes(1);
    const { start, end } = read.mock.calls[0]![1]!;
    expect(end - start + 1).toBe(SEALED_CHUNK);
  });

  test.each([
    [-1, 5],
    [5, 4],
    [content.length, content.length + 1],
    [0.5, 3],
    [0, Number.NaN],
  ])('the range %d to %d is refused at once', async (start, end) => {
    await assets.put('img', content, 'image/png');
    const opened = await assets.open('img');
    expect(() => opened.read({ start, end })).toThrow(RangeError);
  });

  test('any byte of the blob altered is an error before a wrong byte is released', async () => {
    const small = randomBytes(CHUNK + 300);
    await assets.put('img', small, 'image/png');
    const genuine = blobOf('img');
    const anywhere = fc.oneof(fc.nat(80), fc.nat(genuine.length - 1));
    await fc.assert(
      fc.asyncProperty(anywhere, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const forged = Buffer.from(genuine);
        forged[at]! ^= flip;
        await store.put('img', forged);
        const { released, error } = await outcome(() => assets.open('img'));
        expect(error).toMatch(/^Asset(Damaged|Erased)$/);
        expect(small.subarray(0, released.length).equals(released)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('cut at any length, or longer than it was, it does not open', async () => {
    await assets.put('img', content.subarray(0, CHUNK + 300), 'image/png');
    const genuine = blobOf('img');
    const header = genuine.length - CHUNK - 300 - 2 * 16;
    const lengths = [0, 1, 26, header - 1, header, header + 5, header + SEALED_CHUNK];
    for (const length of [...lengths, genuine.length - 1]) {
      await store.put('img', genuine.subarray(0, length));
      await expect(assets.open('img')).rejects.toThrow(AssetDamaged);
    }
    await store.put('img', Buffer.concat([genuine, Buffer.alloc(1)]));
    await expect(assets.open('img')).rejects.toThrow(AssetDamaged);
  });

  test('chunks in another order do not open', async () => {
    await assets.put('img', content, 'image/png');
    const blob = blobOf('img');
    const body = blob.length - content.length - 4 * 16;
    const first = Buffer.from(blob.subarray(body, body + SEALED_CHUNK));
    blob.copyWithin(body, body + SEALED_CHUNK, body + 2 * SEALED_CHUNK);
    blob.set(first, body + SEALED_CHUNK);
    await store.put('img', blob);
    expect(await outcome(() => assets.open('img'))).toMatchObject({
      error: 'AssetDamaged',
      released: Buffer.alloc(0),
    });
  });

  test('a blob of another asset does not open', async () => {
    await assets.put('img', content, 'image/png');
    await store.put('img2', blobOf('img'));
    await expect(assets.open('img2')).rejects.toThrow(AssetDamaged);
  });

  test('a blob replaced between open and read is not mixed with the one opened', async () => {
    await assets.put('img', content, 'image/png');
    const opened = await assets.open('img');
    await assets.put('img', randomBytes(content.length), 'image/png');
    await expect(collect(opened)).rejects.toThrow(AssetDamaged);
  });

  test('given it was erased, nothing is left, and erasing again is no error', async () => {
    const { keyId } = await assets.put('img', content, 'image/png');
    await assets.erase('img', keyId);
    await assets.erase('img', keyId);
    await expect(assets.open('img')).rejects.toThrow(
      expect.objectContaining({ name: 'AssetMissing' }),
    );
  });

  test('given the store fails to delete, an erased asset is unreadable all the same', async () => {
    const { keyId } = await assets.put('img', content, 'image/png');
    vi.spyOn(store, 'delete').mockRejectedValue(new Error('store is down'));
    await expect(assets.erase('img', keyId)).rejects.toThrow('store is down');
    await expect(assets.open('img')).rejects.toThrow(AssetErased);
  });

  test('given the store fails to put, its key is destroyed and the failure passed on', async () => {
    const taken = vi.spyOn(keys, 'take');
    vi.spyOn(store, 'put').mockRejectedValue(new Error('store is full'));
    await expect(assets.put('img', content, 'image/png')).rejects.toThrow('store is full');
    const key = taken.mock.results[0]!.value as { id: string };
    expect((await keys.open([key.id])).size).toBe(0);
  });

  test('a media type that is no short ASCII is refused', async () => {
    await expect(assets.put('img', content, 'image/\n')).rejects.toThrow(RangeError);
    await expect(assets.put('img', content, 'x'.repeat(128))).rejects.toThrow(RangeError);
    expect(await readAllOrName()).toBe('AssetMissing');
  });

  async function readAllOrName(): Promise<string> {
    try {
      await readAll('img');
      return 'read';
    } catch (error) {
      return (error as Error).name;
    }
  }
});

async function collect(opened: OpenAsset, range?: { start: number; end: number }): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of opened.read(range)) parts.push(part);
  return Buffer.concat(parts);
}

async function outcome(open: () => Promise<OpenAsset>) {
  const parts: Uint8Array[] = [];
  let error = 'none';
  try {
    for await (const part of (await open()).read()) parts.push(part);
  } catch (thrown) {
    error = (thrown as Error).name;
  }
  return { released: Buffer.concat(parts), error };
}
