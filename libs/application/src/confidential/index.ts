export {
  AssetDamaged,
  AssetErased,
  EncryptedAssets,
  isUnreadable,
  type OpenAsset,
  type StoredAsset,
  wholeAsset,
} from './encrypted-assets.js';
export {
  MAX_SEALED_TEXT_BYTES,
  sealText,
  UnsealFailed,
  unseal,
  unsealText,
} from './sealed-text.js';
