import type { Operation, RequestBody, SchemaObject } from '@imprest/platform';
import * as schemas from '../schemas/xavira.js';
import { exampleCharacter } from './xavira-characters.js';

const tag = 'Characters';

export const exampleGeneration = {
  generation_id: 'req_01h5z8k2m4n6p8r0t2v4x6y8z0',
  status: 'completed',
  output_url:
    'https://imprest.example.com/assets/img_01h5z8k6q8s0t2v4w6x8y0z2a4?exp=253402300799&kid=k1&sig=Zm9yIGV4YW1wbGU',
  enhanced_prompt:
    'highly detailed photograph, an adult woman of 34 years with auburn hair, green eyes, in a library, low warm sunlight shortly before sunset\nNegative prompt: blurred, low resolution',
  cost_credits: 1,
  refunded_credits: 0,
};

const user: SchemaObject = {
  description:
    'The end user who is responsible: an e-mail, or a name of your own. The key itself when absent.',
};

const imageBody: RequestBody = {
  name: 'XaviraImageRequest',
  fields: {
    character_id: { description: 'Who is shown.' },
    prompt: {
      description:
        'What else is shown. Short labels such as "three-quarter portrait" or "golden hour" are expanded.',
    },
    resolution: { default: '896x1152', description: 'Width and height in pixels.' },
    raw_prompt: { default: false, description: 'True: the prompt reaches the model as it is.' },
    user,
  },
  examples: {
    portrait: {
      summary: 'A portrait',
      value: {
        character_id: exampleCharacter.character_id,
        prompt: 'three-quarter portrait, golden hour, in a library',
        resolution: '896x1152',
      },
    },
  },
};

export const imageOperations = {
  generate: {
    id: 'generateCharacterImage',
    tag,
    summary: 'Ask for an image of a character',
    description:
      'Holds the price and waits for the image. When the work takes longer than the operator lets requests wait the answer is 202 and the work goes on: poll the generation.',
    headers: ['Idempotency-Key'],
    body: imageBody,
    answers: {
      201: {
        description: 'The image.',
        schema: schemas.generation,
        headers: ['Idempotency-Replayed'],
        example: exampleGeneration,
      },
      202: {
        description: 'The work goes on.',
        schema: schemas.generation,
        headers: ['Idempotency-Replayed'],
        example: { ...exampleGeneration, status: 'processing', output_url: null },
      },
    },
    errors: ['insufficient_balance', 'content_policy', 'conflict', 'not_found', 'provider_error'],
  },
} satisfies Record<string, Operation>;

const videoBody: RequestBody = {
  name: 'XaviraVideoRequest',
  fields: {
    generation_id: { description: 'A completed image.' },
    prompt: { description: 'How it moves.' },
    duration: { description: 'Whole seconds; as many as the model makes when absent.' },
    user,
  },
  examples: {
    clip: {
      summary: 'Two seconds',
      value: { generation_id: exampleGeneration.generation_id, duration: 2 },
    },
  },
};

export const videoOperations = {
  generate: {
    id: 'generateCharacterVideo',
    tag,
    summary: 'Ask for a video of an image',
    description: 'Holds the price and answers at once: poll the generation, or register a webhook.',
    headers: ['Idempotency-Key'],
    body: videoBody,
    answers: {
      202: {
        description: 'Accepted: the work is queued.',
        schema: schemas.generation,
        headers: ['Idempotency-Replayed'],
        example: {
          ...exampleGeneration,
          status: 'queued',
          output_url: null,
          enhanced_prompt: 'a slow turn of the head',
          cost_credits: 5,
        },
      },
    },
    errors: ['insufficient_balance', 'content_policy', 'conflict', 'not_found'],
  },
} satisfies Record<string, Operation>;
