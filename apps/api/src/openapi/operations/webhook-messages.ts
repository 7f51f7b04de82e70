import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/webhook-message.js';
import { receipt, record } from './examples.js';
import { sortedPageParameters } from './lists.js';

const tag = 'Webhooks';

const message = {
  id: 'msg_3v8s0x2z4b6d8f0h2j4m6p8r0t',
  eventType: 'generation.ended',
  generationId: receipt.requestId,
  endpointId: null,
  status: 'delivered',
  attempts: 1,
  createdAt: record.finishedAt,
  updatedAt: '2026-11-20T09:30:04.500Z',
};

const attempt = {
  attempt: 1,
  at: '2026-11-20T09:30:04.500Z',
  outcome: 'delivered',
  status: 204,
  error: null,
  elapsedMs: 118,
  nextAttemptAt: null,
};

const exchange = {
  request: {
    url: 'https://hooks.example.com/imprest',
    headers: { 'content-type': 'application/json; charset=utf-8', 'webhook-id': message.id },
    body: { text: `{"requestId":"${receipt.requestId}","status":"succeeded"`, isCut: true },
  },
  response: {
    status: 204,
    headers: { date: 'Fri, 20 Nov 2026 09:30:04 GMT' },
    body: { text: '', isCut: false },
  },
  timing: { connect: 41.2, firstByte: 117.5, total: 118 },
};

export const webhookMessageOperations = {
  list: {
    id: 'listWebhookMessages',
    tag,
    summary: 'List webhook messages',
    query: {
      ...sortedPageParameters('-createdAt'),
      generationId: { description: 'Messages about one generation.' },
      endpointId: { description: 'Messages to one endpoint.' },
      status: { description: 'Messages in one status.' },
    },
    answers: {
      200: {
        description: 'A page of messages, newest first.',
        schema: schemas.webhookMessagePage,
        example: { messages: [message], nextCursor: null },
      },
    },
  },
  get: {
    id: 'getWebhookMessage',
    tag,
    summary: 'A webhook message and its attempts',
    answers: {
      200: {
        description: 'The message.',
        schema: schemas.webhookMessageWithLog,
        example: { ...message, log: [attempt] },
      },
    },
    errors: ['not_found'],
  },
  listAttempts: {
    id: 'listWebhookAttempts',
    tag,
    summary: 'What each attempt sent and was answered',
    description:
      'Kept for 30 days unless the operator chose otherwise, sealed under the key of whom the message is about: deleting the generation or its end user erases it. Values of headers that an endpoint added are left out, and so is the query of its URL.',
    answers: {
      200: {
        description: 'The attempts in their order.',
        schema: schemas.webhookAttempts,
        example: { attempts: [{ ...attempt, exchange }] },
      },
    },
    errors: ['not_found'],
  },
  redeliver: {
    id: 'redeliverWebhookMessage',
    tag,
    summary: 'Send a webhook message again',
    description: 'Whatever became of it before; the schedule of retries starts anew.',
    answers: {
      202: {
        description: 'It is on its way.',
        schema: schemas.redelivery,
        example: { id: message.id, status: 'pending' },
      },
    },
    errors: ['not_found', 'conflict'],
  },
} satisfies Record<string, Operation>;
