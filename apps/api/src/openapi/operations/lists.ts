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

/** Those of a list that can be had in several orders. @param usual `sort` of the list when none is asked for */
export const sortedPageParameters = (usual: string): Readonly<Record<string, SchemaObject>> => ({
  ...pageParameters,
  sort: {
    default: usual,
    description:
      'What the whole list is sorted by, smallest or oldest first; with `-` before it largest or newest first. A cursor is of one order: ask for the next page with the same `sort`.',
  },
});

/** Of lists that can be had as CSV: see `listAnswer`. */
export const csvFormat: SchemaObject = {
  description:
    'Instead of the Accept header. As CSV the whole list comes in one file, however long it is, compressed where gzip is accepted; with `limit` or `cursor` a page of it.',
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
