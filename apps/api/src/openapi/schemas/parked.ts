import { count, object, oneOf, orNull, page, text, timestamp } from './schema.js';

const request = object('What an operator asked for, until it is done.', {
  action: oneOf(['retry', 'skip'], 'What the consumer is to do.'),
  revision: count('Of the event that it is meant for.'),
  reason: text('The reason on record.'),
  by: text('Name of the operator.'),
  at: timestamp('When it was asked for.'),
});

export const parkedStream = object('A stream whose events wait for one consumer.', {
  id: text('The same as long as the stream is parked.'),
  consumer: text('The projector or reactor that cannot go on with the stream.'),
  kind: oneOf(['projector', 'reactor'], 'A projector’s events can be retried, never skipped.'),
  stream: text('Name of the stream; its events wait from `revision` on.'),
  revision: count('Of the event that fails.'),
  eventId: text('Id of the event that fails.'),
  eventType: text('Type of the event that fails.'),
  reason: text('The error.'),
  attempts: count('How often it was tried.', { minimum: 1 }),
  parkedAt: timestamp('When it was tried last.'),
  request: orNull(request),
});

export const parkedPage = page('parked', parkedStream, 'Parked streams, parked last first.');
