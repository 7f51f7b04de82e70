import { InMemoryAssetStore, InMemoryDataKeys } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { EncryptedAssets } from '../confidential/index.js';
import { isReferenceId } from './reference-id.js';
import { StoredReferences } from './stored-references.js';

const pepper = new Uint8Array(32).fill(3);
const picture = Buffer.from('bytes of a picture');
let blobs: InMemoryAssetStore;
let references: StoredReferences;

beforeEach(() => {
  blobs = new InMemoryAssetStore();
  references = new StoredReferences(
    new EncryptedAssets(blobs, new InMemoryDataKeys()),
    blobs,
    pepper,
  );
});

describe('an uploaded reference', () => {
  test('is given back to its tenant, and is stored once however often it comes', async () => {
    const first = await references.store('ten_a', picture, 'image/png');
    const second = await references.store('ten_a', picture, 'image/png');
    expect(first).toEqual({ id: expect.stringMatching(/^ref_/), known: false });
    expect(second).toEqual({ id: first.id, known: true });
    expect(isReferenceId(first.id)).toBe(true);
    const found = await references.read('ten_a', first.id);
    expect(Buffer.from(found?.bytes ?? [])).toEqual(picture);
    expect(found?.mediaType).toBe('image/png');
  });

  test('is nothing to another tenant, who gets another id for the same bytes', async () => {
    const { id } = await references.store('ten_a', picture, 'image/png');
    expect(await references.has('ten_a', id)).toBe(true);
    expect(await references.has('ten_b', id)).toBe(false);
    expect(await references.read('ten_b', id)).toBeUndefined();
    expect(await references.erase('ten_b', id)).toBe(false);
    const other = await references.store('ten_b', picture, 'image/png');
    expect(other).toMatchObject({ known: false });
    expect(other.id).not.toBe(id);
  });

  test('is gone once erased, and may be uploaded again', async () => {
    const { id } = await references.store('ten_a', picture, 'image/png');
    expect(await references.erase('ten_a', id)).toBe(true);
    expect(await references.has('ten_a', id)).toBe(false);
    expect(await references.erase('ten_a', id)).toBe(false);
    expect(await references.store('ten_a', picture, 'image/png')).toEqual({ id, known: false });
  });

  test('ends with its retention, and images of generations do not', async () => {
    const { id } = await references.store('ten_a', picture, 'image/png');
    await blobs.put('img_1', picture);
    await references.eraseUploadedBefore(new Date(0));
    expect(await references.has('ten_a', id)).toBe(true);
    await references.eraseUploadedBefore(new Date('2100-01-01T00:00:00.000Z'));
    expect(await references.has('ten_a', id)).toBe(false);
    expect(await blobs.size('img_1')).toBe(picture.length);
  });

  test.each(['', 'ref_1', `ref_${'0'.repeat(42)}`, 'https://a.example/ref_1'])(
    'is not %j',
    async (id) => {
      expect(await references.has('ten_a', id)).toBe(false);
    },
  );
});
