import type { Operation } from '@imprest/platform';
import { foundAnywhere } from '../schemas/found-anywhere.js';

const id = 'req_01h5z8k2m4n6p8r0t2v4x6y8z0';

export const findAnythingOperations = {
  find: {
    id: 'findAnything',
    tag: 'Control room',
    summary: 'Say what an id is the id of',
    description:
      'Of any tenant or of none: a tenant, a key (also pasted whole), a generation, an image, a lot, a top-up, a webhook endpoint or message, a worker, a seal by its number, a finding, a run, an event, a stream by its name, a request by its X-Request-Id, and so on.',
    query: { id: { description: 'The id, or the name of a stream.' } },
    answers: {
      200: {
        description: 'What was found.',
        schema: foundAnywhere,
        example: {
          found: [
            {
              ...{ kind: 'generation', id, tenantId: 'atlas' },
              path: `/admin/v1/generations/${id}/timeline`,
            },
          ],
        },
      },
    },
  },
} satisfies Record<string, Operation>;
