import type { Operation } from '@imprest/platform';
import { webhookRecoveries, webhookRecovery } from '../schemas/webhook-recovery.js';

const tag = 'Webhooks';

const example = {
  id: 'rcv_01kf0ak25g6m7n9z3dqerfsgth',
  status: 'running',
  endpointId: null,
  statuses: ['exhausted', 'expired', 'pending', 'refused'],
  since: '2026-11-20T08:00:00.000Z',
  until: '2026-11-20T09:30:00.000Z',
  looked: 200,
  recovered: 198,
};

const range = {
  since: { description: 'ISO 8601: messages made then or later.' },
  until: { description: 'ISO 8601: messages made before; now when it is absent.' },
  statuses: {
    description:
      'What became of them: `pending` (an attempt failed, another one is planned), `exhausted`, `refused` or `delivered`. Without it all but `delivered`.',
  },
};
const examples = {
  outage: { summary: 'After an outage', value: { since: '2026-11-20T08:00:00Z' } },
};
const accepted = {
  description: 'The recovery, as far as it got.',
  schema: webhookRecovery,
  example,
};
const how =
  'They are sent behind live messages and at a pace, under their ids, each with a fresh schedule of retries. One recovery of a tenant runs at a time. An `Idempotency-Key` makes the call safe to repeat; without one a message on its way is not sent twice either.';

export const webhookRecoveryOperations = {
  recover: {
    id: 'recoverWebhookMessages',
    tag,
    summary: 'Send again what did not arrive',
    description: `Messages to all URLs and endpoints. ${how}`,
    headers: ['Idempotency-Key'],
    body: { name: 'WebhookRecoveryRequest', fields: range, examples },
    answers: { 202: accepted },
    errors: ['conflict', 'validation_error'],
  },
  recoverEndpoint: {
    id: 'recoverWebhookEndpoint',
    tag,
    summary: 'Send again what an endpoint did not take',
    description: how,
    headers: ['Idempotency-Key'],
    body: { name: 'WebhookRecoveryRequest', fields: range, examples },
    answers: {
      202: { ...accepted, example: { ...example, endpointId: 'whk_01kf0ak25g6m7n9z3dqerfsgth' } },
    },
    errors: ['conflict', 'not_found', 'validation_error'],
  },
  list: {
    id: 'listWebhookRecoveries',
    tag,
    summary: 'List recoveries',
    answers: {
      200: {
        description: 'The latest recoveries.',
        schema: webhookRecoveries,
        example: { recoveries: [example] },
      },
    },
  },
  get: {
    id: 'getWebhookRecovery',
    tag,
    summary: 'How far a recovery got',
    answers: { 200: accepted },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;

export const operatorRecoveryOperations = {
  recover: {
    id: 'recoverWebhooksOfTenant',
    tag: 'Tenants',
    summary: 'Send a tenant again what did not arrive',
    description: how,
    headers: ['Idempotency-Key'],
    body: {
      name: 'OperatorRecoveryRequest',
      fields: {
        ...range,
        endpointId: { description: 'Of one endpoint; of all URLs when it is absent.' },
        reason: { description: 'Goes on record.' },
      },
      examples: {
        outage: {
          summary: 'After an outage',
          value: { since: '2026-11-20T08:00:00Z', reason: 'their load balancer was down' },
        },
      },
    },
    answers: { 202: accepted },
    errors: ['conflict', 'not_found', 'validation_error'],
  },
  list: {
    id: 'listRecoveriesOfTenant',
    tag: 'Tenants',
    summary: 'List recoveries of a tenant',
    answers: {
      200: {
        description: 'The latest recoveries.',
        schema: webhookRecoveries,
        example: { recoveries: [example] },
      },
    },
  },
} satisfies Record<string, Operation>;
