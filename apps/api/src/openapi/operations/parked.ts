import type { Operation, RequestBody } from '@imprest/platform';
import * as schemas from '../schemas/parked.js';
import { sortedPageParameters } from './lists.js';

const tag = 'Consumers';

const parked = {
  id: 'prk_5v8r1c0x3z6q9w2e4t7y0g1h2j',
  consumer: 'webhook-message-creator',
  kind: 'reactor',
  stream: 'generation-req_01kf0abt7y8c9d1q5f6g7h8j9k',
  revision: 4,
  eventId: '019bc1a4-7c00-7000-8000-00000000002a',
  eventType: 'GenerationSucceeded',
  reason: "TypeError: Cannot read properties of undefined (reading 'url')",
  attempts: 5,
  parkedAt: '2026-11-20T09:30:00.000Z',
  request: null,
};

const asked = (action: string, reason: string) => ({
  ...parked,
  request: { action, revision: 4, reason, by: 'admin', at: '2026-11-20T10:00:00.000Z' },
});

const decision = (name: string, summary: string, reason: string): RequestBody => ({
  name,
  fields: { reason: { description: 'Goes on record.' } },
  examples: { reason: { summary, value: { reason } } },
});

const accepted = (example: object): Operation['answers'] => ({
  202: {
    description: 'The consumer does it within seconds.',
    schema: schemas.parkedStream,
    example,
  },
});

export const parkedOperations = {
  list: {
    id: 'listParkedStreams',
    tag,
    summary: 'List parked streams',
    description:
      'An event that a consumer fails at again and again, while its engines answer, parks its stream for that consumer: what follows in the stream waits, and all other streams go on.',
    query: {
      consumer: { description: 'Of this consumer only.', examples: ['webhook-message-creator'] },
      ...sortedPageParameters('-parkedAt'),
    },
    answers: {
      200: {
        description: 'A page of parked streams.',
        schema: schemas.parkedPage,
        example: { parked: [parked], nextCursor: null },
      },
    },
  },
  retry: {
    id: 'retryParkedStream',
    tag,
    summary: 'Try the event of a parked stream again',
    description:
      'After whatever was wrong was mended. When it succeeds everything that waits follows in order; when it fails the stream stays parked, with the new error. Safe to repeat.',
    body: decision('Retry', 'After a release', 'mended in the release of today'),
    answers: accepted(asked('retry', 'mended in the release of today')),
    errors: ['not_found', 'conflict'],
  },
  skip: {
    id: 'skipParkedEvent',
    tag,
    summary: 'Have a reactor do without the event of a parked stream',
    description:
      'What follows in the stream goes on. `conflict` for a projector: its rows have to be what a replay makes, so that its events can only be retried.',
    body: decision('Skip', 'When it was done by hand', 'the customer was told by telephone'),
    answers: accepted(asked('skip', 'the customer was told by telephone')),
    errors: ['not_found', 'conflict'],
  },
} satisfies Record<string, Operation>;
