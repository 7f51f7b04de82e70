import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/event-browser.js';
import { recordedEvent } from '../schemas/recorded-event.js';
import { sortedPageParameters } from './lists.js';

const tag = 'Control room';

const event = {
  id: '019bc1a4-7c00-7000-8000-00000000002a',
  at: '2026-11-20T09:30:00.000Z',
  knownAt: '2026-11-20T09:30:00.004Z',
  position: '4182004',
  stream: 'tokenAccount-atlas',
  revision: 7,
  type: 'AccountFrozen',
  version: 1,
  actor: { kind: 'operator', id: 'admin' },
  correlationId: '5f0c9be1d7a4-3',
  causationId: '5f0c9be1d7a4-3',
  data: { reason: 'a card was reported stolen' },
};

const entry = {
  eventId: event.id,
  at: event.at,
  actor: event.actor,
  action: event.type,
  stream: event.stream,
  category: 'tokenAccount',
  targets: ['atlas'],
  revision: event.revision,
  position: event.position,
  correlationId: event.correlationId,
  tenantId: 'atlas',
  reason: event.data.reason,
};

const limit = {
  type: 'integer',
  minimum: 1,
  maximum: 200,
  default: 50,
  description: 'Most events to answer with.',
};
const since = { description: 'Recorded then or later, ISO 8601.' };
const until = { description: 'Recorded before, ISO 8601.' };
const position = { description: '`position` of the answer before: what follows on it.' };
const tenantId = { description: 'About this tenant.', examples: ['atlas'] };
const found = { lookedAt: 5_000, position: event.position, head: '4200000', finished: false };

export const eventBrowserOperations = {
  categories: {
    id: 'listEventCategories',
    tag,
    summary: 'List the categories of streams, and the types of their events',
    answers: {
      200: {
        description: 'All of them.',
        schema: schemas.eventCategories,
        example: {
          categories: [
            {
              name: 'worker',
              id: '<worker>',
              holds: 'Decisions of operators about a worker.',
              types: ['WorkerCordoned'],
            },
          ],
        },
      },
    },
  },
  stream: {
    id: 'readStream',
    tag,
    summary: 'Read a stream',
    description: 'Its events as they were recorded. What is personal stays sealed.',
    query: {
      from: { description: 'Revision to begin at; absent: at the end of the direction.' },
      direction: { description: '`forwards` when absent.' },
      limit,
    },
    answers: {
      200: {
        description: 'A page of events.',
        schema: schemas.streamPage,
        example: { stream: event.stream, events: [event], nextRevision: null },
      },
    },
    errors: ['not_found'],
  },
  search: {
    id: 'searchEvents',
    tag,
    summary: 'Search the event store',
    description:
      'From `position` on, or from `since`, or from the first event. One call looks at 5,000 events or for two seconds, and says how far it came: send that `position` to go on.',
    query: {
      category: { description: 'Streams of this category.' },
      type: { description: 'Events of this type.' },
      tenantId,
      generationId: { description: 'About this generation.' },
      correlationId: { description: 'Of this request.' },
      since,
      until,
      text: { description: 'That contain this text, whatever its case.' },
      position,
      limit,
    },
    answers: {
      200: {
        description: 'What was found.',
        schema: schemas.foundEvents,
        example: { events: [event], ...found },
      },
    },
  },
  event: {
    id: 'getEvent',
    tag,
    summary: 'Show an event',
    description:
      'By `STREAM@REVISION`, or by its id: of that it says when it was made, and what was recorded from then on is looked through, 50,000 events at most.',
    answers: { 200: { description: 'It.', schema: recordedEvent, example: event } },
    errors: ['not_found'],
  },
  trace: {
    id: 'traceRequest',
    tag,
    summary: 'Follow one request through all services',
    description:
      'By the id of a generation, at once. By a correlation id (the X-Request-Id of any request), as a search over the last 24 hours or from `since` on.',
    query: { since, position },
    answers: {
      200: {
        description: 'Its events.',
        schema: schemas.trace,
        example: {
          ...{ correlationId: event.correlationId, generationId: null },
          ...{ events: [event], ...found },
        },
      },
    },
  },
} satisfies Record<string, Operation>;

export const auditOperations = {
  search: {
    id: 'searchAudit',
    tag,
    summary: 'Search what operators and members did',
    description:
      'Every event that a person caused, at the console or with the key of an operator, and how the work of operators on the installation ended. With the reason where one was given; a moment behind.',
    query: {
      actor: { description: 'Name of an operator, or id of a user.', examples: ['admin'] },
      action: { description: 'Type of the event.', examples: ['AccountFrozen'] },
      category: {
        description: 'What kind of thing it was done to: category of the stream.',
        examples: ['generation'],
      },
      target: {
        description: 'Id of what it was done to, or of anything else that the event names.',
        examples: ['req_1dsag7gp63nrpp16p87ct4egpm'],
      },
      tenantId,
      since,
      until,
      ...sortedPageParameters('-at'),
    },
    answers: {
      200: {
        description: 'A page of it.',
        schema: schemas.auditPage,
        example: { entries: [entry], nextCursor: null },
      },
    },
  },
} satisfies Record<string, Operation>;
