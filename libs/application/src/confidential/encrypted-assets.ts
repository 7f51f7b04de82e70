import { createHash, randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AssetMissing, type AssetStore, type ByteRange } from '../ports/asset-store.js';
import type { DataKey, DataKeys } from '../ports/data-keys.js';
import { AssetCipher } from './asset-cipher.js';
import {
  blobLength,
  CHUNK_BYTES,
  chunkCount,
  encodeHeader,
  MAX_HEADER_BYTES,
  NONCE_PREFIX_BYTES,
  parseHeader,
  TAG_BYTES,
} from './asset-header.js';

/** Chunks read from the store at once, and sealed before other work gets its turn: 1 MiB. */
const CHUNKS_PER_STEP = 16;

export interface AssetToStore {
  readonly assetId: string;
  readonly bytes: Uint8Array;
  /** Short printable ASCII. */
  readonly mediaType: string;
}

export interface StoredAsset {
  /** To be recorded beside the asset: erase needs it. */
  readonly keyId: string;
  /** Hex, of the plaintext. */
  readonly sha256: string;
  /** Plaintext bytes. */
  readonly size: number;
}

export interface OpenAsset {
  readonly keyId: string;
  readonly mediaType: string;
  /** Plaintext bytes. */
  readonly size: number;
  /**
   * Plaintext of the range, cut at the end; the whole when absent. Reads only the chunks touched.
   * Whatever it yields is verified; it throws AssetDamaged in place of the first chunk that is not.
   * @throws RangeError when the range is reversed or starts behind the end.
   */
  read(range?: ByteRange): AsyncIterable<Uint8Array>;
}

export interface WholeAsset {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** All of an asset at once. @throws AssetDamaged */
export async function wholeAsset(asset: Pick<OpenAsset, 'read'>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of asset.read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Undefined in place of an asset that nobody can read any more, or ever could. */
async function ifReadable<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const gone = error instanceof AssetMissing || error instanceof AssetErased;
    if (gone || error instanceof AssetDamaged) return undefined;
    throw error;
  }
}

/** The blob is not what was stored under this id: altered, truncated, or of another asset. */
export class AssetDamaged extends Error {
  override readonly name = 'AssetDamaged';
  constructor(readonly assetId: string) {
    super(`asset ${assetId} is not what was stored`);
  }
}

/** The blob is there and its key was destroyed: nobody can read it any more. */
export class AssetErased extends Error {
  override readonly name = 'AssetErased';
  constructor(readonly assetId: string) {
    super(`asset ${assetId} was erased`);
  }
}

/** Assets under a key of their own each. The store below sees ciphertext, format in asset-header.ts. */
export class EncryptedAssets {
  constructor(
    private readonly store: AssetStore,
    private readonly keys: DataKeys,
  ) {}

  /** Durable when resolved. @throws RangeError when the media type is not short printable ASCII. */
  async put(assetId: string, bytes: Uint8Array, mediaType: string): Promise<StoredAsset> {
    const [stored] = await this.putTogether([{ assetId, bytes, mediaType }]);
    return stored as StoredAsset;
  }

  /** The same for what is erased together: all of it under one key, or none of it. */
  async putTogether(assets: readonly AssetToStore[]): Promise<readonly StoredAsset[]> {
    const key = await this.keys.take();
    try {
      const stored: StoredAsset[] = [];
      for (const asset of assets) stored.push(await this.putUnder(key, asset));
      return stored;
    } catch (error) {
      // Whatever reached the store must not stay readable under an id the caller never got.
      await this.keys.destroy([key.id]).catch(() => {});
      throw error;
    }
  }

  /** @throws AssetMissing, AssetErased, AssetDamaged */
  async open(assetId: string): Promise<OpenAsset> {
    const size = await this.store.size(assetId);
    if (size === undefined) throw new AssetMissing(assetId);
    const head = await this.store.read(assetId, { start: 0, end: MAX_HEADER_BYTES - 1 });
    const parsed = parseHeader(Buffer.from(head));
    if (parsed === undefined) throw new AssetDamaged(assetId);
    const { header, encoded, tag } = parsed;
    const key = (await this.keys.open([header.keyId])).get(header.keyId);
    if (key === undefined) throw new AssetErased(assetId);
    const cipher = new AssetCipher(key.secret, assetId, encoded, header);
    const bodyAt = encoded.length + TAG_BYTES;
    if (!cipher.headerIsGenuine(tag) || size !== blobLength(header.size, bodyAt)) {
      throw new AssetDamaged(assetId);
    }
    const { keyId, mediaType } = header;
    const source = { assetId, cipher, bodyAt };
    const read = (range?: ByteRange) => this.plaintext(source, clipped(header.size, range));
    return { keyId, mediaType, size: header.size, read };
  }

  /** As `open`; undefined when nobody can read it. */
  find(assetId: string): Promise<OpenAsset | undefined> {
    return ifReadable(this.open(assetId));
  }

  /** All of it; undefined when nobody can read it. */
  read(assetId: string): Promise<WholeAsset | undefined> {
    const whole = async () => {
      const asset = await this.open(assetId);
      return { bytes: await wholeAsset(asset), mediaType: asset.mediaType };
    };
    return ifReadable(whole());
  }

  /** The key first: from then on the content is gone, whatever happens to the blob. Safe to repeat. */
  erase(assetId: string, keyId: string): Promise<void> {
    return this.eraseTogether([assetId], keyId);
  }

  /** The same for all that lies under one key; there may be less of it than is named. */
  async eraseTogether(assetIds: readonly string[], keyId: string): Promise<void> {
    await this.keys.destroy([keyId]);
    for (const assetId of assetIds) await this.store.delete(assetId);
  }

  private async putUnder(
    key: DataKey,
    { assetId, bytes, mediaType }: AssetToStore,
  ): Promise<StoredAsset> {
    const sha256 = createHash('sha256');
    await this.store.put(assetId, await seal(key, assetId, bytes, mediaType, sha256));
    return { keyId: key.id, sha256: sha256.digest('hex'), size: bytes.length };
  }

  private async *plaintext(
    { assetId, cipher, bodyAt }: Source,
    { start, end }: ByteRange,
  ): AsyncIterable<Uint8Array> {
    const last = Math.floor(Math.max(start, end) / CHUNK_BYTES);
    for (let first = Math.floor(start / CHUNK_BYTES); first <= last; first += CHUNKS_PER_STEP) {
      const count = Math.min(CHUNKS_PER_STEP, last - first + 1);
      const at = bodyAt + first * SEALED_CHUNK_BYTES;
      const sealed = await this.store.read(assetId, {
        start: at,
        end: at + count * SEALED_CHUNK_BYTES - 1,
      });
      for (let i = 0; i < count; i += 1) {
        const chunk = cipher.openChunk(
          sealed.subarray(i * SEALED_CHUNK_BYTES, (i + 1) * SEALED_CHUNK_BYTES),
          first + i,
        );
        if (chunk === undefined) throw new AssetDamaged(assetId);
        const offset = (first + i) * CHUNK_BYTES;
        const wanted = chunk.subarray(Math.max(0, start - offset), end - offset + 1);
        if (wanted.length > 0) yield wanted;
      }
    }
  }
}

interface Source {
  readonly assetId: string;
  readonly cipher: AssetCipher;
  /** Where the first chunk starts in the blob. */
  readonly bodyAt: number;
}

const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;

async function seal(
  key: DataKey,
  assetId: string,
  bytes: Uint8Array,
  mediaType: string,
  sha256: { update(data: Uint8Array): unknown },
): Promise<Uint8Array> {
  const noncePrefix = randomBytes(NONCE_PREFIX_BYTES);
  const header = { keyId: key.id, mediaType, size: bytes.length, noncePrefix };
  const cipher = new AssetCipher(key.secret, assetId, encodeHeader(header), header);
  const head = cipher.sealHeader();
  const blob = Buffer.allocUnsafe(blobLength(bytes.length, head.length));
  blob.set(head);
  for (let index = 0; index < chunkCount(bytes.length); index += 1) {
    if (index > 0 && index % CHUNKS_PER_STEP === 0) await setImmediate();
    const chunk = bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
    sha256.update(chunk);
    blob.set(cipher.sealChunk(chunk, index), head.length + index * SEALED_CHUNK_BYTES);
  }
  return blob;
}

function clipped(size: number, range?: ByteRange): ByteRange {
  if (range === undefined) return { start: 0, end: size - 1 };
  const { start, end } = range;
  const valid = Number.isSafeInteger(start) && Number.isSafeInteger(end);
  if (!valid || start < 0 || end < start || start >= size) {
    throw new RangeError(`bytes ${start}-${end} are not within an asset of ${size} bytes`);
  }
  return { start, end: Math.min(end, size - 1) };
}
