import {
  AssetMissing,
  type AssetStore,
  assertAssetId,
  type ByteRange,
  type Clock,
  systemClock,
} from '@imprest/application';

interface Blob {
  readonly bytes: Uint8Array;
  readonly writtenAt: Date;
}

/** Blobs in a map; `blobs` is open so that a test can damage one. */
export class InMemoryAssetStore implements AssetStore {
  readonly blobs = new Map<string, Blob>();

  constructor(private readonly clock: Clock = systemClock) {}

  async put(assetId: string, blob: Uint8Array): Promise<void> {
    assertAssetId(assetId);
    this.blobs.set(assetId, { bytes: Uint8Array.from(blob), writtenAt: this.clock.now() });
  }

  async size(assetId: string): Promise<number | undefined> {
    assertAssetId(assetId);
    return this.blobs.get(assetId)?.bytes.length;
  }

  async read(assetId: string, range?: ByteRange): Promise<Uint8Array> {
    assertAssetId(assetId);
    const blob = this.blobs.get(assetId);
    if (blob === undefined) throw new AssetMissing(assetId);
    return range === undefined ? blob.bytes.slice() : blob.bytes.slice(range.start, range.end + 1);
  }

  async delete(assetId: string): Promise<void> {
    assertAssetId(assetId);
    this.blobs.delete(assetId);
  }

  async *listWrittenBefore(time: Date): AsyncIterable<string> {
    for (const [assetId, blob] of [...this.blobs]) {
      if (blob.writtenAt < time) yield assetId;
    }
  }
}
