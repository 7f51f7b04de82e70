import { catalogue } from '@imprest/event-catalogue';
import { count, object, oneOf, text, timestamp } from './schema.js';

export const recordedEvent = object('An event as it was recorded.', {
  id: text('Id of the event: the same however often it is read.'),
  at: timestamp('When it happened.'),
  knownAt: timestamp('When the store knew it.'),
  position: text('Position in the event store.', { pattern: '^[0-9]+$' }),
  stream: text('The stream it is in.'),
  revision: count('Number within its stream.'),
  type: oneOf(Object.keys(catalogue), 'Its type.'),
  version: count('Version of its schema.', { minimum: 1 }),
  actor: object('Who caused it.', { kind: text('What the actor is.'), id: text('Which one.') }),
  correlationId: text('The request that started it all.'),
  causationId: text('The command or event that led to it.'),
  data: { type: 'object', description: 'What it says. What is personal stays sealed.' },
});
