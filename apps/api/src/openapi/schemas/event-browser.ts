import { recordedEvent } from './recorded-event.js';
import { count, flag, list, object, orNull, page, text, timestamp } from './schema.js';

const position = text('Position in the event store.', { pattern: '^[0-9]+$' });
const looked = {
  events: list(recordedEvent, 'In the order in which they were recorded.'),
  lookedAt: count('Events that were looked at for this answer.'),
};

export const streamPage = object('Events of one stream.', {
  stream: text('Name of the stream.'),
  events: list(recordedEvent, 'At most `limit`, in the direction asked for.'),
  nextRevision: orNull(count('Send it as `from` to go on; null at the end.')),
});

export const foundEvents = object('What a look at a part of the store has found.', {
  ...looked,
  position: text('Everything up to here was looked at; send it as `position` to go on.'),
  head: text('Position of the last event of the store.'),
  finished: flag('Whether everything up to the head was looked at.'),
});

export const trace = object('One request through all services.', {
  correlationId: text('The id that all its events carry.'),
  generationId: orNull(text('The generation it made, when it was asked for by that.')),
  ...looked,
  position: orNull({ ...position, description: 'As in a search; null for a generation.' }),
  head: orNull(position),
  finished: flag('False when more may follow.'),
});

export const eventCategories = object('What there is in the store.', {
  categories: list(
    object('Streams of one kind.', {
      name: text('What the names of its streams begin with, before the dash.'),
      id: text('What comes after the dash.'),
      holds: text('What its streams tell.'),
      types: list(text('A type.'), 'Types of the events in its streams.'),
    }),
    'All categories.',
  ),
});

const entry = object('What somebody did.', {
  eventId: text('Id of the event.'),
  at: timestamp('When.'),
  actor: object('Who.', {
    kind: text('`operator`: with a key; `user`: a person who had signed in.'),
    id: text('Name of the operator, or id of the user.'),
  }),
  action: text('Type of the event.'),
  stream: text('The stream it is in.'),
  category: text('What kind of thing it was done to: category of the stream.'),
  targets: list(
    text('An id.'),
    'What it was done to, and what else the event names; of work on the installation also which work.',
  ),
  revision: count('Its number there.'),
  position,
  correlationId: text('The request it came with.'),
  tenantId: orNull(text('Whom it concerns; null where the event does not say.')),
  reason: orNull(text('Why, in the words of whoever did it.')),
});

export const auditPage = page('entries', entry, 'What was done, newest first.');
