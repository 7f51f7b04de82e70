import type { SchemaObject } from '@imprest/platform';

/** Query parameters that every list takes. */
export const pageParameters: Readonly<Record<string, SchemaObject>> = {
  limit: {
    type: 'integer',
    minimum: 1,
    maximum: 100,
    default: 20,
    description: 'Items on a page.',
  },
  cursor: { description: '`nextCursor` of the page before.' },
};

export const timeRange: Readonly<Record<string, SchemaObject>> = {
  from: {
    description: 'ISO 8601 date or time, inclusive.',
    examples: ['2026-11-01', '2026-11-01T00:00:00Z'],
  },
  to: {
    description: 'ISO 8601 date or time, exclusive.',
    examples: ['2026-12-01', '2026-12-01T00:00:00Z'],
  },
};
