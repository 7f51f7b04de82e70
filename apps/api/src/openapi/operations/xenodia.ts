import type { Operation, RequestBody, SchemaObject } from '@imprest/platform';
import * as schemas from '../schemas/xenodia.js';
import { imageModel, videoModel } from './model-examples.js';

const tag = 'OpenAI Images';

const fields: Readonly<Record<string, SchemaObject>> = {
  prompt: { description: 'What to make. Call reference images image_1, image_2 and so on.' },
  model: { description: 'Alias of a model; the operator’s default when absent.' },
  async: { default: false, description: 'Answer 202 with a task at once instead of waiting.' },
  response_format: { default: 'url', description: '`b64_json` puts images into the answer.' },
  aspect_ratio: {
    description:
      'One of the model’s. Absent: that of the first reference for 2K and 4K, else square.',
  },
  resolution: {
    description:
      'One of the model’s. Absent: 2K with references and without `aspect_ratio`, else the least.',
  },
  size: {
    description:
      'Exact `WxH` instead of `resolution` and `aspect_ratio`; `auto` is the same as absent.',
  },
  output_format: { description: 'One of the model’s.' },
  n: { default: 1, description: 'Images, each billed; at most the model’s `max_n`.' },
  channel_id: { description: 'Taken and not used: there is one channel.' },
  user: { description: 'The responsible end user: an e-mail address or any stable name.' },
  image_input: { description: 'Reference images: URLs of at most 10 MB each.' },
  stream: { description: 'Only false: partial images are not sent.' },
};

const minimal = { prompt: 'A paper boat on a pond' };
const full = {
  model: 'xSD4.5',
  prompt: 'A ceramic teapot on a linen cloth in the light of image_1',
  resolution: '2K',
  aspect_ratio: '16:9',
  n: 2,
  user: 'ada@example.com',
  image_input: ['https://images.example.com/window-light.jpg'],
  async: true,
};

const body: RequestBody = {
  name: 'XenodiaImagesRequest',
  fields,
  examples: {
    minimal: { summary: 'Nothing but what is required', value: minimal },
    full: { summary: 'Two images after a reference, as a task', value: full },
  },
};

/** The same; as JSON it has to name an image. */
const editBody: RequestBody = {
  ...body,
  examples: { full: { summary: 'Two images after a reference, as a task', value: full } },
};

const files = {
  image: {
    type: 'array',
    items: { type: 'string', format: 'binary' },
    description:
      'Reference images after those of `image_input`: still PNG, JPEG or WebP files of at most 10 MB each, 40 MB together. The field may also be called `image[]`.',
  },
};

const task_id = 'task_01h5z8k2m4n6p8r0t2v4x6y8z0';
const waiting = {
  task_id,
  object: 'task',
  model: 'xSD4.5',
  type: 'image',
  state: 'waiting',
  created_at: 1_760_000_000,
  poll_url: `/v1/tasks/${task_id}`,
};
const data = [
  {
    url: 'https://imprest.example.com/assets/img_01h5z8k6q8s0t2v4w6x8y0z2a4?exp=1760082804&kid=k1&sig=Zm9yIGV4YW1wbGU',
  },
];
const cost = { tokens: 10, refunded: 0 };
const images = { created: 1_760_000_000, data, cost };

const answers: Operation['answers'] = {
  200: {
    description: 'The images.',
    schema: schemas.xenodiaImages,
    headers: ['Idempotency-Replayed'],
    example: images,
  },
  202: {
    description:
      'Accepted: with `async: true`, or because the wait was over first. The work and its one debit go on.',
    schema: schemas.xenodiaTask,
    headers: ['Idempotency-Replayed'],
    example: waiting,
  },
};

const errors: Operation['errors'] = [
  'insufficient_balance',
  'budget_exceeded',
  'content_policy',
  'conflict',
  'not_found',
  'provider_error',
  'provider_timeout',
  'deadline_missed',
];

export const xenodiaImageOperations = {
  generate: {
    id: 'createImages',
    tag,
    summary: 'Make images and wait for them',
    description:
      'Takes what OpenAI’s `images.generate` sends; fields that are not listed are ignored. Send an `Idempotency-Key` so that a repeat after a lost connection costs nothing.',
    headers: ['Idempotency-Key'],
    body,
    files,
    answers,
    errors,
  },
  edit: {
    id: 'editImages',
    tag,
    summary: 'Make images after others',
    description:
      'What OpenAI’s `images.edit` sends: the same as making images, with at least one reference. Masks are not supported.',
    headers: ['Idempotency-Key'],
    body: editBody,
    files,
    answers,
    errors,
  },
} satisfies Record<string, Operation>;

export const xenodiaTaskOperations = {
  get: {
    id: 'getTask',
    tag,
    summary: 'A task as it stands',
    answers: {
      200: {
        description: 'The task.',
        schema: schemas.xenodiaTask,
        example: { ...waiting, state: 'success', finished_at: 1_760_000_004, data, cost },
      },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;

export const xenodiaModelOperations = {
  list: {
    id: 'listModels',
    tag,
    summary: 'Models for sale',
    query: {
      dialect: {
        description: 'What one dialect sells; what this one and the native one sell when absent.',
      },
    },
    answers: {
      200: {
        description: 'All of them.',
        schema: schemas.xenodiaModels,
        example: { object: 'list', data: [imageModel, videoModel] },
      },
    },
  },
  get: {
    id: 'getModel',
    tag,
    summary: 'One model',
    answers: {
      200: { description: 'The model.', schema: schemas.xenodiaModel, example: imageModel },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
