import { count, list, object, oneOf, orNull, page, text, timestamp } from './schema.js';

const fields = {
  id: text('Id of the message, the same in every attempt: the `webhook-id` header.'),
  eventType: oneOf(['generation.ended', 'account.low_balance'], 'What it tells of.'),
  generationId: orNull(text('The generation whose record it delivers, if it is about one.')),
  status: oneOf(
    ['pending', 'delivered', 'exhausted', 'refused', 'withdrawn'],
    '`exhausted`: every attempt failed. `refused`: the receiver answered 410. `withdrawn`: the generation was deleted.',
  ),
  attempts: count('Attempts so far.'),
  createdAt: timestamp('When the outcome was known.'),
  updatedAt: timestamp('Latest change.'),
};

const attempt = object('One POST to the receiver.', {
  attempt: count('From 1.', { minimum: 1 }),
  at: timestamp('When it was sent.'),
  outcome: oneOf(['delivered', 'retry', 'exhausted', 'refused'], 'What it meant.'),
  status: orNull(count('HTTP status of the answer, null without one.')),
  error: orNull(text('What kept it from being answered.')),
  elapsedMs: count('Milliseconds it took.'),
  nextAttemptAt: orNull(timestamp('When the next attempt is due; null when none is.')),
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
