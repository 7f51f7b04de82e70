export {
  AssetStoreFull,
  FilesAssetStore,
  type FilesAssetStoreOptions,
} from './files-asset-store.js';
