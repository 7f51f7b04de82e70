import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetStore } from '@imprest/application';
import { FilesAssetStore } from '@imprest/asset-store-files';
import type { Config } from '../../config/index.js';

export interface OpenAssetStore {
  readonly assetStore: AssetStore;
  /** Whether blobs can be kept now. @throws Error that says why not */
  check(): Promise<void>;
  close(): void;
}

/** The AssetStore that ASSET_STORE names. The client of S3 is loaded only when it is asked for. */
export async function openAssetStore(config: Config): Promise<OpenAssetStore> {
  if (config.assetStore.kind === 'files') {
    const directory = join(config.dataDirectory, 'assets');
    const assetStore = await FilesAssetStore.open({ directory });
    const check = () => access(directory, constants.R_OK | constants.W_OK);
    return { assetStore, check, close: () => {} };
  }
  const { S3AssetStore } = await import('@imprest/asset-store-s3');
  const { bucket, prefix, endpoint, region, pathStyle, credentials } = config.assetStore;
  const assetStore = await S3AssetStore.connect({
    bucket,
    prefix,
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...(pathStyle !== undefined && { pathStyle }),
    ...(credentials !== undefined && { credentials }),
  });
  return { assetStore, check: () => assetStore.check(), close: () => assetStore.close() };
}
