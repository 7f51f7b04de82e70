import type { Operation } from '../http/operation.js';

const tag = 'Service';

const readiness = {
  type: 'object',
  description: 'Whether the process can do its work, part by part.',
  properties: {
    ready: { type: 'boolean', description: 'Whether every part that is needed is well.' },
    checks: {
      type: 'object',
      description: 'One entry for each engine and consumer.',
      additionalProperties: {
        type: 'object',
        properties: {
          ok: { type: 'boolean', description: 'Whether the part is well.' },
          detail: { type: 'string', description: 'For people.' },
          needed: {
            type: 'boolean',
            description: 'Whether the process is unready while this part is not well.',
          },
        },
        required: ['ok', 'detail', 'needed'],
      },
    },
  },
  required: ['ready', 'checks'],
};

export const operationsDescriptions = {
  health: {
    id: 'getHealth',
    tag,
    summary: 'Whether the process runs',
    answers: {
      200: {
        description: 'It runs.',
        schema: {
          type: 'object',
          properties: {
            status: {
              enum: ['ok', 'degraded'],
              description:
                'Degraded while events wait for an operator, because a consumer fails at one, while the books are not sound, and while a changed models file breaks a rule.',
            },
            parkedStreams: {
              type: 'object',
              description: 'Streams that wait, by consumer; absent when there are none.',
              additionalProperties: { type: 'integer' },
            },
            models: {
              type: 'object',
              description: 'Why a changed models file is not in force; absent while it is.',
              properties: {
                problem: { type: 'string', description: 'The rule that it breaks.' },
                inForce: { type: 'string', description: 'Version of the models that are.' },
              },
            },
            ledger: {
              type: 'object',
              description: 'What is wrong with the books; absent while they are sound.',
              properties: {
                broken: {
                  type: 'object',
                  description: 'Breaches of what must always hold, by invariant.',
                  additionalProperties: { type: 'integer' },
                },
                unchecked: {
                  type: 'string',
                  description: 'Why nobody knows: the books could not be looked at.',
                },
              },
            },
          },
          required: ['status'],
        },
        example: { status: 'degraded', parkedStreams: { journal: 1 } },
      },
    },
  },
  ready: {
    id: 'getReadiness',
    tag,
    summary: 'Whether the process can do its work',
    answers: {
      200: {
        description: 'It can.',
        schema: readiness,
        example: {
          ready: true,
          checks: { database: { ok: true, detail: 'answers', needed: true } },
        },
      },
      503: {
        description: 'It cannot; the checks say why.',
        schema: readiness,
        example: {
          ready: false,
          checks: { database: { ok: false, detail: 'does not answer', needed: true } },
        },
      },
    },
  },
  scrape: {
    id: 'getMetrics',
    tag,
    summary: 'Metrics for Prometheus',
    answers: {
      200: {
        description: 'Prometheus text format.',
        schema: { type: 'string', description: 'One line for each sample.' },
        mediaType: 'text/plain',
      },
    },
  },
} satisfies Record<string, Operation>;
