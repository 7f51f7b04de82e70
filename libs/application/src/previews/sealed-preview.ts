import { sealText, unseal } from '../confidential/index.js';
import type { DataKey } from '../ports/data-keys.js';
import type { SealedPreview } from '../ports/preview-store.js';

type Place = Pick<SealedPreview, 'generationId' | 'index' | 'fence'>;

const purpose = ({ generationId, index, fence }: Place) =>
  `preview ${generationId} ${index} ${fence}`;

/** @param key of the generation: what erases that erases its previews */
export function sealPreview(key: DataKey, picture: Uint8Array, place: Place): string {
  return sealText(key, picture, purpose(place));
}

/** The picture. @throws UnsealFailed */
export function unsealPreview(key: DataKey, preview: SealedPreview): Uint8Array {
  return unseal(key, preview.sealed, purpose(preview));
}
