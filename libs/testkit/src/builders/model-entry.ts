import type { ImageModel, VideoModel } from '@imprest/application';
import { generalImageLimits } from '@imprest/domain';

/** `landscape-1`, which takes all that the product does. */
export function imageModel(overrides: Partial<ImageModel> = {}): ImageModel {
  return {
    kind: 'image',
    alias: 'landscape-1',
    provider: 'painter',
    providerModel: 'painter-v1',
    enabled: true,
    moderation: 'standard',
    mediaType: 'image/png',
    limits: generalImageLimits,
    ...overrides,
  };
}

/** `motion-1`: clips of 1 to 6 seconds, 2 by default, at most 512 pixels wide and high. */
export function videoModel(overrides: Partial<VideoModel> = {}): VideoModel {
  return {
    kind: 'video',
    alias: 'motion-1',
    provider: 'painter',
    providerModel: 'motion-v1',
    enabled: true,
    moderation: 'standard',
    mediaTypes: ['video/mp4', 'image/webp'],
    framesPerSecond: 8,
    limits: {
      minSeconds: 1,
      maxSeconds: 6,
      defaultSeconds: 2,
      maxSide: 512,
      maxPromptCharacters: 8_000,
      seed: true,
    },
    ...overrides,
  };
}
