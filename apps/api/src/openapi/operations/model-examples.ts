const shared = { object: 'model', created: 0, owned_by: 'imprest' };
const unit = { unit: 'token', version: '2026-11' };

export const imageModel = {
  id: 'xSD4.5',
  ...shared,
  capabilities: {
    kind: 'image',
    sizes: ['2048x2048', '2560x1440', '1440x2560'],
    custom_sizes: { min_side: 64, max_pixels: 16_777_216 },
    aspect_ratios: ['1:1', '16:9', '9:16'],
    resolutions: ['2K'],
    max_n: 15,
    max_references: 10,
    max_prompt_characters: 8_000,
    seed: true,
    multipart: true,
    edits: true,
    output_formats: ['png'],
    response_formats: ['url', 'b64_json'],
    price: { ...unit, per_image: { '2K': 10, custom: 10 } },
  },
};

export const videoModel = {
  id: 'motion-draft',
  ...shared,
  capabilities: {
    kind: 'video',
    min_seconds: 1,
    max_seconds: 6,
    default_seconds: 2,
    max_side: 512,
    frames_per_second: 8,
    max_prompt_characters: 2_000,
    seed: true,
    output_formats: ['mp4', 'webp'],
    price: { ...unit, per_second: 5 },
  },
};
