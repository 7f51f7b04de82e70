export { S3AssetStore } from './s3-asset-store.js';
export type { S3AssetStoreOptions, S3Credentials } from './s3-options.js';
