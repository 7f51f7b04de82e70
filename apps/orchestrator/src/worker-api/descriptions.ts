import type { Operation, RegisteredRoute, SchemaObject } from '@imprest/platform';
import { residencyFields } from './worker-descriptions.js';

const tag = 'Workers';

const text = (description: string): SchemaObject => ({ type: 'string', description });
const integer = (description: string): SchemaObject => ({ type: 'integer', description });
const pixels = (description: string): SchemaObject => ({ type: ['integer', 'null'], description });

type Fields = Readonly<Record<string, SchemaObject>>;

const object = (required: Fields, optional: Fields = {}): SchemaObject => ({
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

const workOrder = {
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
    traceparent: text('W3C Trace Context, there while the request is traced.'),
  }),
};

const exampleOrder = {
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

const lease: Operation = {
  id: 'leaseJobs',
  tag,
  summary: 'Ask for work',
  description: 'Waits for work and answers 204 when none came.',
  body: {
    name: 'LeaseRequest',
    fields: {
      workerId: { description: 'Name of the worker.' },
      session: { description: 'Made up by each process of a worker; see Stop asking for work.' },
      models: {
        description: 'Public names of the models it serves; all of its providers’ when absent.',
      },
      providers: { description: 'Providers it serves; all of its models’ when absent.' },
      slots: { description: 'Free slots: the most jobs to hand out.' },
      waitSeconds: { description: 'How long to wait for the first one.' },
      ...residencyFields,
    },
    examples: {
      one: {
        summary: 'One job',
        value: { workerId: 'gpu-1', providers: ['simulator'], slots: 1, waitSeconds: 20 },
      },
    },
  },
  answers: {
    200: {
      description: 'Work, leased to this worker.',
      schema: object({
        leases: { type: 'array', items: workOrder, description: 'One for each job.' },
      }),
      example: { leases: [exampleOrder] },
    },
    204: { description: 'No work within the wait.' },
  },
};

export const leaseOperations = {
  lease,
  heartbeat: {
    id: 'heartbeatLease',
    tag,
    summary: 'Keep a lease',
    body: {
      name: 'Heartbeat',
      fields: {
        fence: { description: 'Of the lease.' },
        progress: { description: 'Share of the work that is done.' },
      },
      examples: { half: { summary: 'Half done', value: { fence: 1, progress: 0.5 } } },
    },
    answers: {
      200: {
        description: 'Whether to go on.',
        schema: object({
          cancelled: { type: 'boolean', description: 'The job was cancelled: stop.' },
          lost: { type: 'boolean', description: 'The lease is lost: stop.' },
        }),
        example: { cancelled: false, lost: false },
      },
    },
    errors: ['not_found', 'conflict'],
  },
  reference: {
    id: 'fetchReference',
    tag,
    summary: 'Fetch a reference that is kept here',
    description: 'For entries of `references` that are no URL but an id.',
    query: { fence: { type: 'string', description: 'Of the lease.' } },
    answers: {
      200: {
        description: 'The image.',
        schema: { type: 'string', format: 'binary', description: 'The image itself.' },
        mediaType: 'image/png',
        orMediaTypes: ['image/jpeg', 'image/webp'],
      },
    },
    errors: ['not_found', 'conflict'],
  },
  identity: {
    id: 'reportIdentity',
    tag,
    summary: 'Hand in the looks of a character',
    description:
      'For an order whose `identity.embedding` is null. The looks are kept for every later order; the answer is what to render with, which another worker may have handed in first.',
    body: {
      name: 'Identity',
      fields: {
        fence: { description: 'Of the lease.' },
        embedding: { description: 'Numbers that tell the provider alone something.' },
      },
      examples: { short: { summary: 'Two numbers', value: { fence: 1, embedding: [0.25, -1.5] } } },
    },
    answers: {
      200: {
        description: 'What counts.',
        schema: object({
          embedding: {
            type: 'array',
            items: { type: 'number' },
            description: 'To render with.',
          },
        }),
        example: { embedding: [0.25, -1.5] },
      },
    },
    errors: ['not_found', 'conflict'],
  },
  outcome: {
    id: 'reportOutcome',
    tag,
    summary: 'Hand in the outcome',
    description: 'Either the receipts of the images, or a failure. Safe to repeat.',
    body: {
      name: 'Outcome',
      fields: {
        fence: { description: 'Of the lease.' },
        receipts: { description: 'Receipts of the images that were handed in.' },
        lost: { description: 'Indexes of images that were made and could not be handed in.' },
        usage: { description: 'What the attempt took of a GPU.' },
        'usage.gpuMs': { description: 'Milliseconds that a GPU was busy with it.' },
        'usage.loadMs': { description: 'The part of them that loading the model took.' },
        failure: { description: 'Why there is no result.' },
        'failure.class': { description: 'Whose fault it is: decides whether to try again.' },
        'failure.message': { description: 'For the operator.' },
        'failure.unresolvedAttempt': {
          description:
            'Of class `unknown`: the attempt whose call it is about; this one when absent.',
        },
      },
      examples: {
        failed: {
          summary: 'The model failed',
          value: { fence: 1, failure: { class: 'model', message: 'the model ran out of memory' } },
        },
      },
    },
    answers: {
      200: {
        description: 'What it means for the job.',
        schema: object({
          status: {
            enum: ['succeeded', 'retrying', 'failed'],
            description: '`retrying`: the job goes to another attempt. `failed`: it was the last.',
          },
        }),
        example: { status: 'retrying' },
      },
    },
    errors: ['not_found', 'conflict'],
  },
} satisfies Record<string, Operation>;

export const uploadDescription: RegisteredRoute = {
  method: 'put',
  path: '/worker/v1/leases/{jobId}/outputs/{index}',
  access: { kind: 'worker' },
  operation: {
    id: 'uploadOutput',
    tag,
    summary: 'Hand in an image or a clip',
    description: 'The image or clip itself, at most 64 MiB. Safe to repeat.',
    query: { fence: { type: 'integer', minimum: 1, description: 'Of the lease.' } },
    upload: ['image/png', 'image/jpeg', 'image/webp', 'video/mp4'],
    answers: {
      200: {
        description: 'The image is kept.',
        schema: object({ receipt: text('Proof, to be sent along with the outcome.') }),
        example: { receipt: 'eyJpZCI6Ii4uLiJ9.c2lnbmF0dXJl' },
      },
    },
    errors: ['not_found', 'conflict'],
  },
};
