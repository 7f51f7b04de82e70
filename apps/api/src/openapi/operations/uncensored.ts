import type { Operation, RequestBody, SchemaObject } from '@imprest/platform';
import * as schemas from '../schemas/uncensored.js';

const tag = 'Images and jobs';

const fields: Readonly<Record<string, SchemaObject>> = {
  prompt: { description: 'What to make. 1 to 2,000 characters.' },
  model: { description: 'Alias of a model; `model-dev` when absent and sold.' },
  image_width: { default: 1_024, description: 'Pixels.' },
  image_height: { default: 1_024, description: 'Pixels.' },
  callback_url: {
    description:
      'Public HTTPS URL that gets the job when it has ended. With it the answer is 202 at once. Private, loopback and link-local addresses are refused.',
  },
  resolution: {
    description:
      'What a model of variable price is priced by; never less than the pixels come to. Without width and height the image is a square of this resolution, where the model sells it.',
  },
  quality: {
    default: 'medium',
    description: 'What a model of variable price is priced by, beside the resolution.',
  },
  additional_settings: { description: 'Settings of the model; those not listed are ignored.' },
  'additional_settings.seed': {
    description:
      'The same seed, prompt, model and settings give the same image. Random when absent.',
  },
  'additional_settings.guidance_scale': {
    default: 7.5,
    description: 'How closely to follow the prompt.',
  },
  'additional_settings.watermark': { default: false, description: 'A small mark in the corner.' },
  user: {
    description:
      'The end user who is responsible: an e-mail, or a name of your own. The key itself when absent.',
  },
};

const jobId = '018f2d6c-4b1e-7c3a-9f52-6d8e0a1b2c3d';
const created_at = '2026-11-20T09:30:00.000Z';
const image = `https://imprest.example.com/assets/${'a'.repeat(8)}?expires=1763714604`;
const cost = { tokens: 5, refunded: 0 };

const body: RequestBody = {
  name: 'UncensoredImageRequest',
  fields,
  examples: {
    minimal: {
      summary: 'Wait for a square image',
      value: { prompt: 'Sunrise over a mountain lake, mist on the water' },
    },
    full: {
      summary: 'A large image, told to a callback',
      value: {
        prompt: 'A ceramic teapot on a linen cloth, window light',
        model: 'model-dev',
        image_width: 1_536,
        image_height: 1_024,
        resolution: '2k',
        quality: 'high',
        additional_settings: { seed: 4_200 },
        callback_url: 'https://shop.example.com/hooks/imprest',
        user: 'ada@example.com',
      },
    },
  },
};

export const exampleJob = {
  job_id: jobId,
  status: 'completed',
  image_url: image,
  model: 'model-dev',
  created_at,
  completed_at: '2026-11-20T09:30:04.200Z',
  generation_time: 4.1,
  cost,
};

export const uncensoredImageOperations = {
  generate: {
    id: 'createUncensoredImage',
    tag,
    summary: 'Ask for an image',
    description:
      'Holds the price and waits for the image; with `callback_url`, and when the work takes longer than the operator lets requests wait, answers 202 and the work goes on. A caller who hangs up loses nothing: the same `Idempotency-Key` finds the job again. Fields that are not listed are ignored.',
    headers: ['Idempotency-Key'],
    body,
    answers: {
      200: {
        description: 'The image.',
        schema: schemas.completedImage,
        headers: ['Idempotency-Replayed'],
        example: {
          job_id: jobId,
          status: 'completed',
          url: image,
          generation_time: 4.1,
          model: 'model-dev',
          cost,
        },
      },
      202: {
        description: 'Accepted: the price is held and the work is queued.',
        schema: schemas.acceptedJob,
        headers: ['Idempotency-Replayed'],
        example: {
          job_id: jobId,
          status: 'processing',
          status_url: `https://imprest.example.com/api/v1/images/generation/jobs/${jobId}`,
          webhook_url: 'https://shop.example.com/hooks/imprest',
          created_at,
          cost,
        },
      },
    },
    errors: [
      'insufficient_balance',
      'budget_exceeded',
      'content_policy',
      'conflict',
      'provider_error',
    ],
  },
} satisfies Record<string, Operation>;

export const uncensoredJobOperations = {
  get: {
    id: 'getUncensoredJob',
    tag,
    summary: 'Status of a job',
    description: 'Poll it every 2 to 5 seconds until it is completed or failed.',
    answers: { 200: { description: 'The job.', schema: schemas.job, example: exampleJob } },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
