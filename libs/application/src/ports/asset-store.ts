export interface ByteRange {
  /** First byte, from 0. */
  readonly start: number;
  /** Last byte, inclusive. */
  readonly end: number;
}

/** Fit for a file name, an object key and a URL path alike. */
const ASSET_ID = /^[A-Za-z0-9_-]{1,100}$/;

export function isAssetId(id: string): boolean {
  return ASSET_ID.test(id);
}

/** @throws RangeError */
export function assertAssetId(id: string): void {
  if (!isAssetId(id)) throw new RangeError('an asset id is 1 to 100 letters, digits, _ or -');
}

/**
 * Keeps opaque blobs by id. What it is given is ciphertext already (see encrypted-assets.ts):
 * an adapter never sees content and needs no key. An id that isAssetId refuses is a RangeError everywhere.
 * An adapter on a network throws AssetStoreUnavailable for whatever it cannot bring to an end in time.
 */
export interface AssetStore {
  /** Durable when resolved. Replaces a blob of the same id as a whole or not at all. */
  put(assetId: string, blob: Uint8Array): Promise<void>;
  /** Size in bytes, undefined when there is no such blob. */
  size(assetId: string): Promise<number | undefined>;
  /**
   * A range is cut at the end of the blob; one that starts behind the end is empty.
   * @throws AssetMissing when there is no such blob.
   */
  read(assetId: string, range?: ByteRange): Promise<Uint8Array>;
  /** Safe to repeat. */
  delete(assetId: string): Promise<void>;
  /** Ids of blobs last written before the given time, in no order. */
  listWrittenBefore(time: Date): AsyncIterable<string>;
}

export class AssetMissing extends Error {
  override readonly name = 'AssetMissing';
  constructor(readonly assetId: string) {
    super(`no asset ${assetId}`);
  }
}

/** The store gave no usable answer: a put or delete may or may not have happened; repeating it is safe. */
export class AssetStoreUnavailable extends Error {
  override readonly name = 'AssetStoreUnavailable';
}
