import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  AssetMissing,
  type AssetStore,
  assertAssetId,
  type ByteRange,
  deadline,
} from '@imprest/application';
import { BrokenOff, collect } from './collect-body.js';
import { ObjectKeys } from './object-keys.js';
import { cutToRange, rangeHeader } from './received-range.js';
import { createS3Client } from './s3-client.js';
import { statusOf, unavailable } from './s3-failures.js';
import { DEFAULT_ATTEMPTS, DEFAULT_TIMEOUT_MS, type S3AssetStoreOptions } from './s3-options.js';

const CHECKSUM = 'sha256';
/** A blob gets a second for each of these beside the least time: 1 MiB/s is a slow line. */
const BYTES_PER_SECOND = 1024 * 1024;
/** What a blob whose size is not known beforehand is taken for, and the largest any is taken for. */
const LARGE_BLOB_BYTES = 64 * BYTES_PER_SECOND;
/** Services give the time of a write in whole seconds, cut rather than rounded. */
const LAST_MODIFIED_STEP_MS = 1_000;

const hex = (blob: Uint8Array) => createHash(CHECKSUM).update(blob).digest('hex');

/** One object per blob in a bucket of any S3-compatible service. */
export class S3AssetStore implements AssetStore {
  private readonly bucket: string;
  private readonly keys: ObjectKeys;
  private readonly where: string;
  private readonly timeoutMs: number;
  private readonly attempts: number;

  private constructor(
    private readonly client: S3Client,
    options: S3AssetStoreOptions,
  ) {
    this.bucket = options.bucket;
    this.keys = new ObjectKeys(options.prefix);
    this.where = `bucket ${options.bucket} at ${options.endpoint ?? `AWS ${options.region}`}`;
    this.timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.attempts = options.attempts ?? DEFAULT_ATTEMPTS;
  }

  /** @throws AssetStoreUnavailable when the bucket cannot be listed with these credentials */
  static async connect(options: S3AssetStoreOptions): Promise<S3AssetStore> {
    const store = new S3AssetStore(createS3Client(options), options);
    try {
      await store.check();
      return store;
    } catch (error) {
      store.close();
      throw error;
    }
  }

  /** Whether the bucket answers. @throws AssetStoreUnavailable */
  async check(): Promise<void> {
    await this.listPage(undefined, 1);
  }

  async put(assetId: string, blob: Uint8Array): Promise<void> {
    assertAssetId(assetId);
    await this.call('store a blob', blob.length, (abortSignal) => {
      const command = new PutObjectCommand({
        ...this.object(assetId),
        Body: blob,
        ContentLength: blob.length,
        ContentType: 'application/octet-stream',
        // The service refuses what arrives damaged.
        ContentMD5: createHash('md5').update(blob).digest('base64'),
        Metadata: { [CHECKSUM]: hex(blob) },
      });
      return this.client.send(command, { abortSignal });
    });
  }

  async size(assetId: string): Promise<number | undefined> {
    assertAssetId(assetId);
    const found = await this.call('tell the size of a blob', 0, async (abortSignal) => {
      const command = new HeadObjectCommand(this.object(assetId));
      return this.client.send(command, { abortSignal }).catch((error) => {
        if (statusOf(error) === 404) return undefined;
        throw error;
      });
    });
    return found && (found.ContentLength ?? 0);
  }

  async read(assetId: string, range?: ByteRange): Promise<Uint8Array> {
    assertAssetId(assetId);
    const bytesAsked = range === undefined ? LARGE_BLOB_BYTES : range.end - range.start + 1;
    return this.call('give a blob', bytesAsked, async (signal) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await this.readOnce(assetId, range, signal);
        } catch (error) {
          // The client repeats calls that get no answer, but not answers that break off.
          const again = error instanceof BrokenOff && attempt < this.attempts && !signal.aborted;
          if (!again) throw error;
        }
      }
    });
  }

  async delete(assetId: string): Promise<void> {
    assertAssetId(assetId);
    await this.call('delete a blob', 0, (abortSignal) =>
      this.client.send(new DeleteObjectCommand(this.object(assetId)), { abortSignal }),
    );
  }

  async *listWrittenBefore(time: Date): AsyncIterable<string> {
    const latest = time.getTime() - LAST_MODIFIED_STEP_MS;
    let token: string | undefined;
    do {
      const page = await this.listPage(token);
      for (const { Key, LastModified } of page.Contents ?? []) {
        const assetId = this.keys.assetIdOf(Key ?? '');
        if (assetId !== undefined && LastModified !== undefined && +LastModified <= latest) {
          yield assetId;
        }
      }
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  /** Ends idle connections. */
  close(): void {
    this.client.destroy();
  }

  private object(assetId: string) {
    return { Bucket: this.bucket, Key: this.keys.keyOf(assetId) };
  }

  private listPage(token: string | undefined, most?: number): Promise<ListObjectsV2CommandOutput> {
    return this.call('list its blobs', 0, (abortSignal) => {
      const command = new ListObjectsV2Command({
        Bucket: this.bucket,
        Prefix: this.keys.base,
        ContinuationToken: token,
        MaxKeys: most,
      });
      return this.client.send(command, { abortSignal });
    });
  }

  private async readOnce(
    assetId: string,
    range: ByteRange | undefined,
    abortSignal: AbortSignal,
  ): Promise<Uint8Array> {
    const Range = range && rangeHeader(range);
    const command = new GetObjectCommand({ ...this.object(assetId), Range });
    const answer = await this.client.send(command, { abortSignal }).catch((error) => {
      if (statusOf(error) === 416) return undefined;
      const missing = statusOf(error) === 404 && error.name !== 'NoSuchBucket';
      throw missing ? new AssetMissing(assetId) : error;
    });
    if (answer === undefined) return new Uint8Array();
    const bytes = await collect(answer, abortSignal);
    if (range !== undefined) return cutToRange(bytes, answer.ContentRange, range);
    const expected = answer.Metadata?.[CHECKSUM];
    if (expected !== undefined && expected !== hex(bytes)) {
      throw new BrokenOff(`what came is not what was stored as ${assetId}`);
    }
    return bytes;
  }

  private async call<T>(
    what: string,
    bytes: number,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const seconds = Math.ceil(Math.min(bytes, LARGE_BLOB_BYTES) / BYTES_PER_SECOND);
    const limit = deadline(this.timeoutMs + seconds * 1_000);
    try {
      return await work(limit.signal);
    } catch (error) {
      if (error instanceof AssetMissing) throw error;
      throw unavailable(what, this.where, limit.signal.aborted ? limit.signal.reason : error);
    } finally {
      limit.end();
    }
  }
}
