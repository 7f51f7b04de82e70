import type { Operation, RegisteredRoute } from '@imprest/platform';
import { exampleOrder, object, text, workOrder } from './order-description.js';
import { residencyFields } from './worker-descriptions.js';

const tag = 'Workers';

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

const leaseStanding = {
  description: 'Whether to go on.',
  schema: object({
    cancelled: { type: 'boolean', description: 'The job was cancelled: stop.' },
    lost: { type: 'boolean', description: 'The lease is lost: stop.' },
  }),
  example: { cancelled: false, lost: false },
};

export const leaseOperations = {
  lease,
  watch: {
    id: 'watchLease',
    tag,
    summary: 'Hear at once that work is over',
    description:
      'Answered as soon as the job was cancelled, has missed its deadline or the lease is lost, else when the wait is over. Does not keep the lease.',
    body: {
      name: 'Watch',
      fields: {
        fence: { description: 'Of the lease.' },
        waitSeconds: { description: 'How long to wait.' },
      },
      examples: { usual: { summary: 'For a while', value: { fence: 1, waitSeconds: 20 } } },
    },
    answers: { 200: leaseStanding },
    errors: ['not_found'],
  },
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
    answers: { 200: leaseStanding },
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

export const previewDescription: RegisteredRoute = {
  method: 'put',
  path: '/worker/v1/leases/{jobId}/previews/{index}',
  access: { kind: 'worker' },
  operation: {
    id: 'showPreview',
    tag,
    summary: 'Show what is not finished',
    description:
      'A look at an image that the worker is at: 512 pixels a side and 256 KiB at most. For orders that say `previews`; wait for `pauseMs` before the next one. It may be left out, and it changes nothing about the job.',
    query: {
      fence: { type: 'integer', minimum: 1, description: 'Of the lease.' },
      step: { type: 'integer', minimum: 0, description: 'Steps done; together with `of`.' },
      of: { type: 'integer', minimum: 0, description: 'Steps that there are.' },
    },
    upload: ['image/png', 'image/jpeg', 'image/webp'],
    answers: {
      200: {
        description: 'Whether it can be seen.',
        schema: object({
          taken: {
            type: 'boolean',
            description: 'False when nobody watches, or it may not be shown.',
          },
          pauseMs: { type: 'integer', description: 'How long to wait before the next one.' },
        }),
        example: { taken: true, pauseMs: 1_000 },
      },
    },
    errors: ['not_found', 'conflict'],
  },
};
