import { constants } from 'node:fs';
import { type FileHandle, lstat, open, opendir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AssetMissing, type AssetStore, assertAssetId, type ByteRange } from '@imprest/application';
import { assetIdOf, blobPath, SHARD_NAME } from './blob-path.js';
import { makeDirectory, sweepTemporaryFiles, writeDurably } from './durable-write.js';
import { isErrno } from './errno.js';

const TEMPORARY_FILE_LIFE_MS = 3_600_000;

export interface FilesAssetStoreOptions {
  /** Created when absent, for the owner alone. Several processes may share it. */
  readonly directory: string;
}

/** The disk or the quota is full: the blob was not stored, blobs stored before are untouched. */
export class AssetStoreFull extends Error {
  override readonly name = 'AssetStoreFull';
  constructor(assetId: string, directory: string, cause: unknown) {
    super(`no space left in ${directory} for asset ${assetId}`, { cause });
  }
}

/** One file per blob. */
export class FilesAssetStore implements AssetStore {
  private constructor(
    private readonly directory: string,
    private readonly temporaryDirectory: string,
  ) {}

  /** Makes the directory ready and removes what writers that crashed over an hour ago left in it. */
  static async open({ directory }: FilesAssetStoreOptions): Promise<FilesAssetStore> {
    const temporaryDirectory = join(directory, 'tmp');
    await makeDirectory(temporaryDirectory);
    await sweepTemporaryFiles(temporaryDirectory, new Date(Date.now() - TEMPORARY_FILE_LIFE_MS));
    return new FilesAssetStore(directory, temporaryDirectory);
  }

  /** @throws AssetStoreFull */
  async put(assetId: string, blob: Uint8Array): Promise<void> {
    assertAssetId(assetId);
    try {
      await writeDurably(this.temporaryDirectory, blobPath(this.directory, assetId).file, blob);
    } catch (error) {
      if (!isErrno(error, 'ENOSPC', 'EDQUOT')) throw error;
      throw new AssetStoreFull(assetId, this.directory, error);
    }
  }

  async size(assetId: string): Promise<number | undefined> {
    assertAssetId(assetId);
    try {
      return (await lstat(blobPath(this.directory, assetId).file)).size;
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  async read(assetId: string, range?: ByteRange): Promise<Uint8Array> {
    assertAssetId(assetId);
    const handle = await this.openBlob(assetId);
    try {
      const { size } = await handle.stat();
      const start = range?.start ?? 0;
      const end = Math.min(range?.end ?? size - 1, size - 1);
      return await readBytes(handle, start, Math.max(0, end - start + 1));
    } finally {
      await handle.close();
    }
  }

  async delete(assetId: string): Promise<void> {
    assertAssetId(assetId);
    await rm(blobPath(this.directory, assetId).file, { force: true });
  }

  async *listWrittenBefore(time: Date): AsyncIterable<string> {
    for (const shard of await readdir(this.directory)) {
      if (SHARD_NAME.test(shard)) yield* this.listShard(join(this.directory, shard), time);
    }
  }

  private async *listShard(shard: string, time: Date): AsyncIterable<string> {
    for await (const entry of await opendir(shard)) {
      const assetId = assetIdOf(entry.name);
      if (assetId === undefined || !entry.isFile()) continue;
      const writtenAt = await lastWrite(join(shard, entry.name));
      if (writtenAt !== undefined && writtenAt < time) yield assetId;
    }
  }

  private async openBlob(assetId: string): Promise<FileHandle> {
    try {
      // A link planted in the store must not lead out of it. Windows has no such flag.
      const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
      return await open(blobPath(this.directory, assetId).file, flags);
    } catch (error) {
      throw isErrno(error, 'ENOENT') ? new AssetMissing(assetId) : error;
    }
  }
}

async function readBytes(handle: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Undefined when the file was deleted meanwhile. */
async function lastWrite(file: string): Promise<Date | undefined> {
  try {
    return (await lstat(file)).mtime;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}
