import type { Operation } from '@imprest/platform';
import { eventPage } from '../schemas/event.js';
import { record } from './examples.js';

const example = {
  events: [
    {
      id: '019aa0d2-6c40-7b1e-8a52-3f0e6b9d1c57',
      type: 'generation.completed',
      occurredAt: record.finishedAt,
      body: record,
    },
  ],
  nextCursor: 'WyIxNzYzNjMxMDA0MDAwMDAxIl0',
  more: false,
};

const types = {
  description: 'Types wanted, with commas; all without it.',
  examples: ['generation.completed,generation.failed'],
};

export const eventOperations = {
  stream: {
    id: 'streamEvents',
    tag: 'Webhooks',
    summary: 'Follow what webhooks tell',
    description:
      'The same events as they happen, as server-sent events: `event` is the type, `data` an event of the list, `id` its cursor. A reader that comes back with `Last-Event-ID` misses nothing. It ends after ten minutes, and when the process stops: browsers come back by themselves. A tenant has at most 20 at once. Needs the scope `events:read`.',
    headers: ['Last-Event-ID'],
    query: {
      after: {
        description: '`nextCursor` of the list, to go on after it; from now on without it.',
      },
      types,
    },
    answers: {
      200: {
        description: 'A stream of events; the data of each is JSON.',
        schema: { type: 'string' },
        mediaType: 'text/event-stream',
        example: `id: ${example.nextCursor}\nevent: generation.completed\ndata: {…}\n\n`,
      },
    },
  },
  list: {
    id: 'listEvents',
    tag: 'Webhooks',
    summary: 'Read what webhooks tell',
    description:
      'Every event that webhooks tell of, whether or not one was sent, from the oldest that is kept. Store `nextCursor` once the page is processed and send it as `after`: each event is read once, and a webhook that was lost costs nothing. Needs the scope `events:read`.',
    query: {
      after: { description: '`nextCursor` of the page before; without it, from the beginning.' },
      limit: {
        type: 'integer',
        minimum: 1,
        maximum: 100,
        default: 20,
        description: 'Events on a page.',
      },
      types,
      wait: {
        type: 'integer',
        minimum: 0,
        maximum: 30,
        default: 0,
        description: 'Seconds to wait for an event while there is none.',
      },
    },
    answers: {
      200: { description: 'A page of events, the oldest first.', schema: eventPage, example },
    },
  },
} satisfies Record<string, Operation>;
