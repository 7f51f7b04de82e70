import type { Model } from './model.ts';

const shared = { object: 'model', created: 0, owned_by: 'imprest' } as const;

export const imageModel: Model = {
  id: 'scene-1',
  ...shared,
  capabilities: {
    kind: 'image',
    sizes: ['2048x2048', '2560x1440'],
    custom_sizes: { min_side: 64, max_pixels: 16_777_216 },
    aspect_ratios: ['1:1', '16:9'],
    resolutions: ['1K', '2K', '4K'],
    max_n: 4,
    max_references: 3,
    max_prompt_characters: 4_000,
    seed: true,
    multipart: true,
    edits: true,
    output_formats: ['png'],
    response_formats: ['url', 'b64_json'],
    price: {
      unit: 'token',
      version: '2026-11',
      per_image: { '1K': 6, '2K': 10, '4K': 20, custom: 6 },
      by_resolution: { '1k': { medium: 5, high: 8 }, '2k': { medium: 10, high: 15 } },
    },
  },
};

export const videoModel: Model = {
  id: 'motion-1',
  ...shared,
  capabilities: {
    kind: 'video',
    price: { unit: 'token', version: '2026-11', per_second: 5 },
    output_formats: ['mp4'],
    default_seconds: 2,
    min_seconds: 1,
    max_seconds: 6,
    frames_per_second: 8,
    max_side: 512,
    seed: true,
    max_prompt_characters: 2_000,
  },
};
