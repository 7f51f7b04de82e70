import type { Description } from '@imprest/platform';

const tag = 'Service';

export const descriptionOperations = {
  document: {
    id: 'getOpenApi',
    tag,
    summary: 'This document',
    answers: {
      200: {
        description: 'OpenAPI 3.1.',
        schema: { type: 'object', description: 'An OpenAPI document.' },
      },
    },
  },
  events: {
    id: 'getAsyncApi',
    tag,
    summary: 'The events behind it all',
    answers: {
      200: {
        description: 'AsyncAPI 3.0: every event type with its schema, by stream category.',
        schema: { type: 'object', description: 'An AsyncAPI document.' },
      },
    },
  },
  page: {
    id: 'getReference',
    tag,
    summary: 'This document as a page',
    answers: {
      200: {
        description: 'A page that loads nothing from elsewhere.',
        schema: { type: 'string', description: 'HTML.' },
        mediaType: 'text/html',
      },
    },
  },
  reference: 'internal',
} satisfies Record<string, Description>;
