import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/work.js';
import { sortedPageParameters } from './lists.js';

const tag = 'Work';

const letter = {
  id: 'req_01kf0abt7y8c9d1q5f6g7h8j9k',
  tenantId: 'atlas',
  model: 'xSD4.5',
  failureClass: 'infrastructure',
  message: 'the GPU ran out of memory',
  attempts: 5,
  deadLetteredAt: '2026-11-20T09:30:00.000Z',
  charged: '0',
  refunded: '10',
  erased: false,
  redrivenAs: null,
};

const redriven = { id: 'req_01kf0b4m2n4p6r8t0v2x4z6b8d', redriveOf: letter.id, held: '10' };

const chosen = {
  tenantId: { description: 'Of this tenant only.', examples: ['atlas'] },
  model: { description: 'Of this model only.', examples: ['xSD4.5'] },
  class: { description: 'Whose last failure was of this class.' },
  since: { description: 'Given up then or later, ISO 8601.' },
};

export const deadLetterOperations = {
  list: {
    id: 'listDeadLetters',
    tag,
    summary: 'List dead letters',
    description:
      'Work that has failed for good: no attempt was left, or the failure would come again. What was held for it went back when it was given up.',
    query: {
      ...chosen,
      redriven: { description: '`true`: those that are done once more. `false`: the others.' },
      ...sortedPageParameters('-deadLetteredAt'),
    },
    answers: {
      200: {
        description: 'A page of dead letters.',
        schema: schemas.deadLetterPage,
        example: { deadLetters: [letter], nextCursor: null },
      },
    },
  },
  get: {
    id: 'getDeadLetter',
    tag,
    summary: 'Show a dead letter',
    answers: {
      200: { description: 'It.', schema: schemas.deadLetter, example: letter },
    },
    errors: ['not_found'],
  },
  redrive: {
    id: 'redriveDeadLetters',
    tag,
    summary: 'Do dead letters once more',
    description:
      'Each becomes a new request of the same tenant, at the price that was agreed the first time, with a hold of its own: the first one was given back. By `ids`, or all that were not redriven yet of a tenant, a model, a class or a time, the oldest 100 of them. Safe to repeat: one request follows from one dead letter.',
    body: {
      name: 'Redrive',
      fields: {
        ids: { description: 'Dead letters, 100 at most; in place of the fields below.' },
        ...chosen,
        reason: { description: 'Goes on record.' },
      },
      examples: {
        one: {
          summary: 'One',
          value: { ids: [letter.id], reason: 'the GPU was replaced' },
        },
        bulk: {
          summary: 'All of a model since noon',
          value: {
            ...{ model: 'xSD4.5', class: 'infrastructure', since: '2026-11-20T12:00:00Z' },
            reason: 'the GPU was replaced',
          },
        },
      },
    },
    answers: {
      200: {
        description: 'What became of each.',
        schema: schemas.redriveReport,
        example: { redriven: [redriven], refused: [] },
      },
    },
  },
} satisfies Record<string, Operation>;
