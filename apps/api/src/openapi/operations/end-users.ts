import type { Operation, RequestBody } from '@imprest/platform';
import * as schemas from '../schemas/end-user.js';
import { generationPage } from '../schemas/generation.js';
import { endUser, record } from './examples.js';
import { generationFilters } from './generations.js';
import { sortedPageParameters } from './lists.js';

const tag = 'End users';
const { endUserEmail } = endUser;
const { endUserEmail: _, id: __, ...generationsFilters } = generationFilters;

const body: RequestBody = {
  name: 'EndUserStateChange',
  fields: { reason: { description: 'Goes on record.' } },
  examples: { reason: { summary: 'With a reason', value: { reason: 'repeated chargebacks' } } },
};

const stateAnswer = (state: string) => ({
  200: {
    description: 'The state from now on.',
    schema: schemas.endUserState,
    example: { endUserEmail, state, reason: 'repeated chargebacks' },
  },
});

export const endUserOperations = {
  list: {
    id: 'listEndUsers',
    tag,
    summary: 'List end users',
    description: 'Everyone for whom a request was made.',
    query: {
      ...sortedPageParameters('-firstSeen'),
      state: { description: 'Those in one state.' },
    },
    answers: {
      200: {
        description: 'A page of end users.',
        schema: schemas.endUserPage,
        example: { endUsers: [endUser], nextCursor: null },
      },
    },
  },
  get: {
    id: 'getEndUser',
    tag,
    summary: 'One end user',
    answers: {
      200: { description: 'The end user.', schema: schemas.endUser, example: endUser },
    },
    errors: ['not_found'],
  },
  generations: {
    id: 'listEndUserGenerations',
    tag,
    summary: 'Generations of an end user',
    query: generationsFilters,
    answers: {
      200: {
        description: 'A page of records, newest first.',
        schema: generationPage,
        example: { generations: [record], nextCursor: null },
      },
    },
    errors: ['not_found'],
  },
  block: {
    id: 'blockEndUser',
    tag,
    summary: 'Block an end user',
    description: 'Further requests for this end user are refused with 403. Safe to repeat.',
    body,
    answers: stateAnswer('blocked'),
    errors: ['not_found'],
  },
  unblock: {
    id: 'unblockEndUser',
    tag,
    summary: 'Unblock an end user',
    body,
    answers: stateAnswer('active'),
    errors: ['not_found'],
  },
  erase: {
    id: 'deleteEndUserGenerations',
    tag,
    summary: 'Delete what an end user made',
    description:
      'Cancels open work and destroys the keys of all prompts and images and of the e-mail. A block stays.',
    answers: {
      200: {
        description: 'What was deleted.',
        schema: schemas.deletion,
        example: { deleted: 12 },
      },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
