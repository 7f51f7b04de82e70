import type { ImageMediaType, RenderRequest } from '@imprest/application';
import { tenantPrompt } from './prompt/tenant-prompt.js';

export const flavourNames = ['openai', 'vllm-omni', 'sglang', 'sd-cpp'] as const;
export type FlavourName = (typeof flavourNames)[number];

export type FieldValue = string | number | boolean;
export type RequestFields = Readonly<Record<string, FieldValue>>;

/** What a request says beyond the fields that all servers share. */
export interface Wish {
  readonly request: RenderRequest;
  /** Of the first image of the call. */
  readonly seed: number;
  readonly guidance: 'request' | 'server';
  /** With references. */
  readonly isEdit: boolean;
}

/** In what the servers that speak this protocol differ. */
export interface Flavour {
  readonly imagesPerCall: number;
  readonly sizeMultiple: number;
  readonly makesClips: boolean;
  prompt(wish: Wish): string;
  fields(wish: Wish): RequestFields;
  clipFields(wish: Wish): RequestFields;
}

const plainPrompt = ({ request }: Wish) => tenantPrompt(request.prompt);
const format = (mediaType: ImageMediaType) => ({ output_format: mediaType.slice('image/'.length) });

/** Fields of servers that run diffusion models, after the names of the diffusers library. */
function diffusionFields({ request, seed, guidance }: Wish): RequestFields {
  const { negativePrompt, guidanceScale } = request;
  return {
    seed,
    ...(negativePrompt && { negative_prompt: tenantPrompt(negativePrompt) }),
    ...(guidance === 'request' && { guidance_scale: guidanceScale }),
  };
}

function frameFields(wish: Wish): RequestFields {
  const { durationSeconds = 0, framesPerSecond = 0 } = wish.request.clip ?? {};
  return {
    num_frames: durationSeconds * framesPerSecond,
    fps: framesPerSecond,
    ...diffusionFields(wish),
  };
}

/** stable-diffusion.cpp reads what OpenAI has no field for out of the prompt, in its native schema. */
function sdCppPrompt(wish: Wish): string {
  const { request, seed, guidance } = wish;
  const { negativePrompt, guidanceScale } = request;
  const native = {
    seed,
    // Files would hold the prompt and the path of the model.
    embed_image_metadata: false,
    ...(negativePrompt && { negative_prompt: tenantPrompt(negativePrompt) }),
    ...(guidance === 'request' && { sample_params: { guidance: { txt_cfg: guidanceScale } } }),
  };
  const json = JSON.stringify(native).replaceAll('<', '\\u003c');
  return `${plainPrompt(wish)} <sd_cpp_extra_args>${json}</sd_cpp_extra_args>`;
}

export const flavours: Readonly<Record<FlavourName, Flavour>> = {
  openai: {
    imagesPerCall: 4,
    sizeMultiple: 16,
    makesClips: true,
    prompt: plainPrompt,
    // Newer models always answer with files and refuse to be told so; older ones know no formats.
    fields: ({ request }) =>
      request.model.startsWith('dall-e')
        ? { response_format: 'b64_json' }
        : format(request.mediaType),
    clipFields: () => ({}),
  },
  'vllm-omni': {
    imagesPerCall: 1,
    sizeMultiple: 16,
    makesClips: true,
    prompt: plainPrompt,
    fields: (wish) => ({
      response_format: 'b64_json',
      ...(wish.isEdit && format(wish.request.mediaType)),
      ...diffusionFields(wish),
    }),
    clipFields: frameFields,
  },
  sglang: {
    imagesPerCall: 1,
    sizeMultiple: 16,
    makesClips: true,
    prompt: plainPrompt,
    fields: (wish) => ({
      response_format: 'b64_json',
      ...format(wish.request.mediaType),
      ...diffusionFields(wish),
    }),
    clipFields: frameFields,
  },
  'sd-cpp': {
    imagesPerCall: 1,
    sizeMultiple: 64,
    makesClips: false,
    prompt: sdCppPrompt,
    fields: ({ request, isEdit }) =>
      format(isEdit && request.mediaType === 'image/webp' ? 'image/png' : request.mediaType),
    clipFields: () => ({}),
  },
};
