import type { SchemaObject } from '@imprest/platform';

export const text = (description: string): SchemaObject => ({ type: 'string', description });
const integer = (description: string): SchemaObject => ({ type: 'integer', description });
const pixels = (description: string): SchemaObject => ({ type: ['integer', 'null'], description });

type Fields = Readonly<Record<string, SchemaObject>>;

export const object = (required: Fields, optional: Fields = {}): SchemaObject => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
});

const orderFields = {
  jobId: text('Id of the job.'),
  fence: integer('To be sent along with everything about this lease.'),
  leaseSeconds: integer('Without a heartbeat for this long the job is taken away.'),
  attempt: integer('From 1.'),
  model: text('Public name of the model.'),
  provider: text('Which provider renders it.'),
  providerModel: text('The provider’s own name of the model.'),
  prompt: text('The prompt.'),
  seed: integer('The seed.'),
  width: pixels('Exact pixels; null when the first reference’s shape decides.'),
  height: pixels('Exact pixels; null when the first reference’s shape decides.'),
  size: text('`2K`, `4K` or `WxH`.'),
  aspectRatio: {
    enum: ['auto', 'square', 'landscape', 'portrait'],
    description: 'Shape under a preset.',
  },
  images: integer('Images to make; the most to make when `sequential`.'),
  sequential: { type: 'boolean', description: 'Whether the images are a connected series.' },
  guidanceScale: { type: 'number', description: 'How closely to follow the prompt.' },
  watermark: { type: 'boolean', description: 'Whether to put a small mark in the corner.' },
  mediaType: {
    enum: ['image/png', 'image/jpeg', 'image/webp'],
    description: 'What still images have to be.',
  },
  references: {
    type: 'array',
    items: text('A URL, or an id.'),
    description:
      'URLs that a tenant chose, to be fetched with a guard against private targets only, and ids of uploads (`ref_…`) and of sources of clips (`img_…`), to be fetched here.',
  },
};

export const workOrder = {
  description: 'All that a worker needs to do a job.',
  ...object(orderFields, {
    clip: {
      ...object({
        durationSeconds: integer('Seconds.'),
        framesPerSecond: integer('Frames.'),
        mediaTypes: {
          type: 'array',
          items: { enum: ['video/mp4', 'image/webp'] },
          description: 'Make the first that you can; WebP is animated.',
        },
      }),
      description: 'Make one clip that sets the reference in motion, instead of still images.',
    },
    unresolved: {
      ...object({
        attempt: integer('The earlier attempt whose call nobody knows the outcome of.'),
        rendersAnyway: { type: 'boolean', description: 'Render when the provider cannot tell.' },
      }),
      description: 'A call to ask the provider for before anything is rendered.',
    },
    slots: integer('Slots of the worker that the job takes; 1 when absent.'),
    negativePrompt: text('What no picture should have.'),
    identity: {
      ...object({
        description: text('Who is shown, in plain words.'),
        embedding: {
          type: ['array', 'null'],
          items: { type: 'number' },
          description: 'Its looks; null when the worker has to work them out and hand them in.',
        },
      }),
      description: 'There when the model is conditioned on who is shown.',
    },
    previews: {
      type: 'boolean',
      description:
        'There when looks at what is not finished are welcome; see Show what is not finished.',
    },
    traceparent: text('W3C Trace Context, there while the request is traced.'),
  }),
};

export const exampleOrder = {
  jobId: 'req_01h5z8k2m4n6p8r0t2v4x6y8z0',
  fence: 1,
  leaseSeconds: 30,
  attempt: 1,
  model: 'xSD4.5',
  provider: 'simulator',
  providerModel: 'procedural-scene',
  prompt: 'Sunrise over a mountain lake, mist on the water',
  seed: 2_718_281_828,
  width: 2_048,
  height: 2_048,
  size: '2K',
  aspectRatio: 'square',
  images: 1,
  sequential: false,
  guidanceScale: 7.5,
  watermark: false,
  mediaType: 'image/png',
  references: [],
};
