import { webhookMessageStatuses } from '@imprest/domain';
import type { SchemaObject } from '@imprest/platform';
import { count, flag, list, object, oneOf, orNull, page, text, timestamp } from './schema.js';

const fields = {
  id: text('Id of the message, the same in every attempt: the `webhook-id` header.'),
  eventType: oneOf(
    ['generation.ended', 'account.low_balance', 'endpoint.disabled', 'webhook.test'],
    'What it tells of.',
  ),
  generationId: orNull(text('The generation whose record it delivers, if it is about one.')),
  endpointId: orNull(text('The endpoint that hears of it; null for a URL of its own.')),
  status: oneOf(
    webhookMessageStatuses,
    '`exhausted`: every attempt failed. `refused`: the receiver answered 410. `withdrawn`: the generation was deleted. `expired`: its endpoint stayed disabled for too long.',
  ),
  attempts: count('Attempts so far.'),
  createdAt: timestamp('When the outcome was known.'),
  updatedAt: timestamp('Latest change.'),
};

const attemptFields = {
  attempt: count('From 1.', { minimum: 1 }),
  at: timestamp('When it was sent.'),
  outcome: oneOf(['delivered', 'retry', 'exhausted', 'refused'], 'What it meant.'),
  status: orNull(count('HTTP status of the answer, null without one.')),
  error: orNull(text('What kept it from being answered.')),
  elapsedMs: count('Milliseconds it took.'),
  nextAttemptAt: orNull(timestamp('When the next attempt is due; null when none is.')),
};
const attempt = object('One POST to the receiver.', attemptFields);

const body = (description: string) =>
  object(description, {
    text: text('Its beginning.'),
    isCut: flag('Whether there was more.'),
  });
const headers = (description: string): SchemaObject => ({
  type: 'object',
  description,
  additionalProperties: { type: 'string' },
});
const duration = (description: string): SchemaObject =>
  orNull({ type: 'number', minimum: 0, description });

const exchange = object('What was sent and answered.', {
  request: object('The POST.', {
    url: text('Without its query.'),
    headers: headers('Names and values; values that are secrets are `[redacted]`.'),
    body: body('The body.'),
  }),
  response: {
    description: 'Null without an answer.',
    anyOf: [
      object('The answer.', {
        status: count('HTTP status.'),
        headers: headers('Of the answer.'),
        body: body('Its first KB.'),
      }),
      { type: 'null' },
    ],
  },
  timing: object('Milliseconds.', {
    connect: duration('Name look-up, connection and TLS; null for a connection that was there.'),
    firstByte: duration('Until the head of the answer; null without one.'),
    total: { type: 'number', minimum: 0, description: 'From the beginning to the end.' },
  }),
});

export const webhookAttempts = object('The attempts at a message.', {
  attempts: list(
    object('One POST to the receiver, with its content.', {
      ...attemptFields,
      exchange: {
        description: 'Null when its time is over, or when what it told was erased.',
        anyOf: [exchange, { type: 'null' }],
      },
    }),
    'In their order.',
  ),
});

export const webhookMessage = object('A record on its way to the receiver.', fields);

export const webhookMessagePage = page('messages', webhookMessage, 'Messages, newest first.');

export const webhookMessageWithLog = object('A message with each of its attempts.', {
  ...fields,
  log: list(attempt, 'In their order.'),
});

export const redelivery = object('The message is sent again.', {
  id: fields.id,
  status: oneOf(['pending'], 'Always `pending`.'),
});
