import type { EncryptedAssets } from '../confidential/index.js';

const IMAGE = 'img_';
const THUMBNAIL = 'thm_';

/** Where the thumbnail of an image lies: whoever knows the one asset knows the other. */
export function thumbnailId(imageAssetId: string): string {
  return THUMBNAIL + imageAssetId.slice(IMAGE.length);
}

/** The image that an asset belongs to: its own id unless it is a thumbnail. */
export function imageIdOf(assetId: string): string {
  return assetId.startsWith(THUMBNAIL) ? IMAGE + assetId.slice(THUMBNAIL.length) : assetId;
}

/** An image and its thumbnail, if it has one. Safe to repeat. */
export function eraseImage(
  assets: EncryptedAssets,
  { assetId, dataKeyId }: { readonly assetId: string; readonly dataKeyId: string },
): Promise<void> {
  return assets.eraseTogether([assetId, thumbnailId(assetId)], dataKeyId);
}
