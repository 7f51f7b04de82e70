import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { S3AssetStoreOptions } from './s3-options.js';

interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly content: Buffer | Readable;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The part of s3rver's file store that is used or mended here; the package has no types. */
interface FileStore {
  putObject(object: StoredObject): Promise<{ size: number; md5: string }>;
  listObjects(bucket: string, options: object): Promise<unknown>;
  getResourcePath(bucket: string, key: string, resource: string): string;
  putMetadata(
    bucket: string,
    key: string,
    metadata: Readonly<Record<string, string>>,
    md5: string,
  ): Promise<void>;
}

interface Server {
  readonly store: FileStore;
  run(): Promise<{ port: number }>;
  close(): Promise<void>;
}

const S3rver: new (options: object) => Server = createRequire(import.meta.url)('s3rver');

/** s3rver writes in place, one put into the other, and answers before it has written; S3 does not. */
function writeWholeObjects(store: FileStore): void {
  let last: Promise<unknown> = Promise.resolve();
  const write = async ({ bucket, key, metadata }: StoredObject, bytes: Buffer) => {
    const path = store.getResourcePath(bucket, key, 'object');
    const md5 = createHash('md5').update(bytes).digest('hex');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    await store.putMetadata(bucket, key, metadata, md5);
    return { size: bytes.length, md5 };
  };
  store.putObject = async (object) => {
    const { content } = object;
    const bytes = Buffer.isBuffer(content) ? content : await buffer(content);
    const written = last.then(() => write(object, bytes));
    last = written.catch(() => {});
    return written;
  };
}

/** Tokens of s3rver for the next page need DES, which OpenSSL has given up: one page holds everything. */
function listOnOnePage(store: FileStore): void {
  const list = store.listObjects.bind(store);
  store.listObjects = (bucket, options) =>
    list(bucket, { ...options, maxKeys: Number.POSITIVE_INFINITY });
}

export interface S3Service {
  readonly options: S3AssetStoreOptions;
  dispose(): Promise<void>;
}

/** An S3 service on this machine with one empty bucket. */
export async function startS3Service(): Promise<S3Service> {
  const directory = await mkdtemp(join(tmpdir(), 'imprest-s3-'));
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'images' }],
  });
  writeWholeObjects(server.store);
  listOnOnePage(server.store);
  const { port } = await server.run();
  return {
    options: {
      bucket: 'images',
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    },
    dispose: async () => {
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}
