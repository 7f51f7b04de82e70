import type { Operation } from '@imprest/platform';
import { usagePage } from '../schemas/usage.js';
import { csvFormat } from './lists.js';

const example = {
  usage: [
    {
      ...{ day: '2026-11-20', model: 'xSD4.5' },
      ...{ requests: 12, succeeded: 10, failed: 1, cancelled: 1, successRatio: 10 / 11 },
      xTokens: { held: 120, captured: 100, released: 20, refunded: 0 },
    },
  ],
  nextCursor: null,
};

export const usageOperations = {
  report: {
    id: 'getUsage',
    tag: 'Limits',
    summary: 'Usage',
    description:
      'Requests by outcome and tokens, each counted on the day of UTC on which it happened: captured tokens add up to what the ledger captured. A group of a key or an end user also says what is left of its budget.',
    query: {
      from: { description: 'Day of UTC, inclusive.', examples: ['2026-11-01'] },
      to: { description: 'Day of UTC, exclusive.', examples: ['2026-12-01'] },
      groupBy: {
        default: 'day',
        description: '`day`, `model`, `apiKey`, `endUser`, `dialect`, or several with commas.',
        examples: ['day,model'],
      },
      format: csvFormat,
      limit: { type: 'integer', minimum: 1, maximum: 1_000, default: 100, description: 'Groups.' },
      cursor: {
        description: '`nextCursor` of the page before; `X-Next-Cursor` of a page in CSV.',
      },
    },
    answers: {
      200: {
        description: 'A page of groups.',
        schema: usagePage,
        orMediaTypes: ['text/csv'],
        headers: ['X-Next-Cursor'],
        example,
      },
    },
  },
} satisfies Record<string, Operation>;
