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

export const eventOperations = {
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
      types: {
        description: 'Types wanted, with commas; all without it.',
        examples: ['generation.completed,generation.failed'],
      },
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
