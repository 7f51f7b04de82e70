import type { OutputVerdict, StoredImage } from '@imprest/domain';
import { sha256 } from './identifiers.js';

export function outputVerdict(overrides: Partial<OutputVerdict> = {}): OutputVerdict {
  return {
    provider: 'classifier',
    version: 'omni-moderation-2024-09-26',
    outcome: 'allow',
    category: null,
    score: 0.03,
    latencyMs: 84,
    ...overrides,
  };
}

export function storedImage(index = 0, overrides: Partial<StoredImage> = {}): StoredImage {
  return {
    index,
    assetId: `img_01kf0adw9a0e1f3s7h8j9kamb${index}`,
    dataKeyId: `dek_01kf0aex0b1f2g4t8j9kambnc${index}`,
    mediaType: 'image/png',
    width: 2560,
    height: 1440,
    bytes: 4_812_377,
    sha256,
    thumbnail: { mediaType: 'image/webp', width: 512, height: 288, bytes: 18_204 },
    marks: ['xmp', 'c2pa'],
    verdicts: [outputVerdict()],
    ...overrides,
  };
}

/** Images with the indexes 0 to `count` - 1. */
export function storedImages(count: number): readonly StoredImage[] {
  return Array.from({ length: count }, (_, index) => storedImage(index));
}
