import type { Operation } from '@imprest/platform';
import { redelivery } from '../schemas/webhook-message.js';

export const webhookTestOperations = {
  test: {
    id: 'testWebhookEndpoint',
    tag: 'Webhooks',
    summary: 'Try a webhook endpoint',
    description:
      'Sends a message `webhook.test` on exactly the way that every other one takes. `GET /v1/webhook-messages/{id}` shows what became of it, and its attempts what was sent and answered.',
    answers: {
      202: {
        description: 'It is on its way.',
        schema: redelivery,
        example: { id: 'msg_3v8s0x2z4b6d8f0h2j4m6p8r0t', status: 'pending' },
      },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
