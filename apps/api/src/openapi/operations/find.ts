import type { Operation } from '@imprest/platform';
import { foundThings } from '../schemas/found.js';

const id = 'req_01h5z8k2m4n6p8r0t2v4x6y8z0';

export const findOperations = {
  find: {
    id: 'findById',
    tag: 'Account',
    summary: 'Find what goes by an id',
    description:
      'Whatever it is of: a generation or its images, a key (also by its prefix), a top-up, a lot, a webhook endpoint or message, an uploaded reference, a character, and by e-mail or id an end user or a member. What the scopes of the key do not let it read is not found.',
    query: { id: { description: 'The id, a key’s prefix or an e-mail.' } },
    answers: {
      200: {
        description: 'What was found.',
        schema: foundThings,
        example: {
          found: [{ kind: 'generation', id, name: 'xSD4.5', path: `/v1/generations/${id}` }],
        },
      },
    },
  },
} satisfies Record<string, Operation>;
