import type { Operation, RequestBody } from '@imprest/platform';
import * as schemas from '../schemas/xavira.js';

const tag = 'Webhooks';

const example = {
  webhook_id: 'whk_01h5z8k2m4n6p8r0t2v4x6y8z0',
  url: 'https://shop.example.com/hooks/imprest',
  events: ['generation.completed', 'generation.failed'],
  created_at: '2026-11-20T09:30:00.000Z',
};

const body: RequestBody = {
  name: 'WebhookRegistration',
  fields: {
    url: {
      description: 'Public HTTPS URL. Private, loopback and link-local addresses are refused.',
    },
    events: { description: 'What it is told of; everything when absent.' },
  },
  examples: {
    all: { summary: 'Hear of every outcome', value: { url: example.url } },
  },
};

export const webhookOperations = {
  register: {
    id: 'registerWebhook',
    tag,
    summary: 'Register a webhook',
    description:
      'Every generation of the xavira dialect that ends from then on is posted to it, as its status tells it, signed in `X-Xavira-Signature`. At most 100 at a time.',
    body,
    answers: {
      201: {
        description: 'The webhook and its secret, which is not shown again.',
        schema: schemas.newWebhook,
        example: { ...example, secret: 'whsec_Zm9yIGV4YW1wbGUsIG5vIHNlY3JldCBvZiBhbnlib2R5' },
      },
    },
    errors: ['validation_error', 'conflict'],
  },
  list: {
    id: 'listWebhooks',
    tag,
    summary: 'List webhooks',
    answers: {
      200: {
        description: 'The webhooks, without their secrets.',
        schema: schemas.webhookList,
        example: { webhooks: [example] },
      },
    },
  },
  get: {
    id: 'getWebhook',
    tag,
    summary: 'One webhook',
    answers: { 200: { description: 'The webhook.', schema: schemas.webhook, example } },
    errors: ['not_found'],
  },
  remove: {
    id: 'removeWebhook',
    tag,
    summary: 'Remove a webhook',
    description: 'What still waits for it is not sent any more; its secret is destroyed.',
    answers: { 204: { description: 'It is gone.' } },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
