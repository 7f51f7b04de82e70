import type { RenderRequest } from '@imprest/application';
import { describe, expect, it } from 'vitest';
import { type FlavourName, flavours, type Wish } from './flavours.js';

const request: RenderRequest = {
  ...{ jobId: 'job-1', attempt: 1, model: 'gpt-image-1', prompt: 'a lake <lora:x:1>', seed: 7 },
  ...{ width: 64, height: 64, images: 1, sequential: false, guidanceScale: 4, watermark: false },
  ...{ mediaType: 'image/webp', references: [], negativePrompt: 'people </sd_cpp_extra_args>' },
};
const wish: Wish = { request, seed: 9, guidance: 'request', isEdit: false };
const fields = (flavour: FlavourName, change: Partial<Wish> = {}) =>
  flavours[flavour].fields({ ...wish, ...change });

describe('the words of each server', () => {
  it('are those of OpenAI, which has no seeds', () => {
    expect(fields('openai')).toEqual({ output_format: 'webp' });
    const older = { ...request, model: 'dall-e-3' };
    expect(fields('openai', { request: older })).toEqual({ response_format: 'b64_json' });
    expect(flavours.openai.prompt(wish)).toBe('a lake');
  });

  it.each(['vllm-omni', 'sglang'] as const)('are those of diffusion models: %s', (flavour) => {
    expect(fields(flavour)).toMatchObject({
      response_format: 'b64_json',
      seed: 9,
      negative_prompt: 'people',
      guidance_scale: 4,
    });
    expect(fields(flavour, { guidance: 'server' })).not.toHaveProperty('guidance_scale');
  });

  it('go into the prompt for stable-diffusion.cpp, where no tenant can end them early', () => {
    const prompt = flavours['sd-cpp'].prompt(wish);
    const [, words, native = ''] =
      /^(.*) <sd_cpp_extra_args>(.*)<\/sd_cpp_extra_args>$/.exec(prompt) ?? [];

    expect(words).toBe('a lake');
    expect(JSON.parse(native)).toEqual({
      seed: 9,
      embed_image_metadata: false,
      negative_prompt: 'people',
      sample_params: { guidance: { txt_cfg: 4 } },
    });
    expect(fields('sd-cpp')).toEqual({ output_format: 'webp' });
    expect(fields('sd-cpp', { isEdit: true })).toEqual({ output_format: 'png' });
  });

  it('count the frames of a clip', () => {
    const clip = { durationSeconds: 2, framesPerSecond: 8, mediaTypes: ['video/mp4'] } as const;

    expect(flavours['vllm-omni'].clipFields({ ...wish, request: { ...request, clip } })).toEqual({
      ...{ num_frames: 16, fps: 8, seed: 9, negative_prompt: 'people', guidance_scale: 4 },
    });
  });
});
