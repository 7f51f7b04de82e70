import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/work.js';

const tag = 'Work';

const breaker = {
  model: 'xSD4.5',
  status: 'open',
  reason: '10 attempts in a row have failed',
  probeAt: '2026-11-20T09:30:30.000Z',
  probe: null,
};

export const jobOperations = {
  why: {
    id: 'whyIsItWaiting',
    tag,
    summary: 'Say why a job waits',
    description: 'From the queue, the workers, the breaker of its model and its deadlines.',
    answers: {
      200: {
        description: 'The reasons, what counts first.',
        schema: schemas.whyAnswer,
        example: {
          id: 'req_01kf0abt7y8c9d1q5f6g7h8j9k',
          ...{ model: 'xSD4.5', status: 'queued', attempts: 0, workerId: null, position: 18 },
          reasons: [
            {
              reason: 'behind_others',
              message: 'it is behind 17 others in the order of fair share',
            },
          ],
        },
      },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;

export const modelBreakerOperations = {
  list: {
    id: 'listModelBreakers',
    tag,
    summary: 'List the breakers of models',
    description:
      'A model that fails too often gets no work, until one job has shown that it works.',
    answers: {
      200: {
        description: 'Every breaker that was ever open.',
        schema: schemas.modelBreakers,
        example: { breakers: [breaker] },
      },
    },
  },
  close: {
    id: 'closeModelBreaker',
    tag,
    summary: 'Give a model work again',
    description: 'When somebody knows that it works. Safe to repeat.',
    body: {
      name: 'CloseBreaker',
      fields: { reason: { description: 'Goes on record.' } },
      examples: { mended: { summary: 'Mended', value: { reason: 'the GPU was replaced' } } },
    },
    answers: {
      200: {
        description: 'It is closed.',
        schema: schemas.modelBreaker,
        example: { ...breaker, status: 'closed', reason: 'the GPU was replaced', probeAt: null },
      },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
