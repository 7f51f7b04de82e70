import { createHash } from 'node:crypto';
import { join } from 'node:path';

const SHARD_CHARACTERS = 3;
const HASH_CHARACTERS = 16;
const BLOB_NAME = /^[0-9a-f]{16}-([A-Za-z0-9_-]{1,100})$/;

export const SHARD_NAME = /^[0-9a-f]{3}$/;

export interface BlobPath {
  readonly shard: string;
  readonly file: string;
}

/**
 * `<root>/<3 hex>/<16 hex>-<id>`, hex of SHA-256 of the id: 4096 even directories. The hash in the file
 * name keeps apart ids that a case-insensitive file system takes for one, and avoids reserved names.
 */
export function blobPath(root: string, assetId: string): BlobPath {
  const hash = createHash('sha256').update(assetId).digest('hex').slice(0, HASH_CHARACTERS);
  const shard = join(root, hash.slice(0, SHARD_CHARACTERS));
  return { shard, file: join(shard, `${hash}-${assetId}`) };
}

/** Undefined for a file that is no blob. */
export function assetIdOf(fileName: string): string | undefined {
  return BLOB_NAME.exec(fileName)?.[1];
}
