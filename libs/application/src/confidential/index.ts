export {
  AssetDamaged,
  AssetErased,
  type AssetToStore,
  EncryptedAssets,
  type OpenAsset,
  type StoredAsset,
  type WholeAsset,
  wholeAsset,
} from './encrypted-assets.js';
export {
  MAX_SEALED_TEXT_BYTES,
  sealText,
  UnsealFailed,
  unseal,
  unsealText,
} from './sealed-text.js';
