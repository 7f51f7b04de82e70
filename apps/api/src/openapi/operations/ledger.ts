import type { Operation, SchemaObject } from '@imprest/platform';
import * as schemas from '../schemas/ledger.js';
import * as books from './examples-of-books.js';
import { csvFormat, sortedPageParameters, timeRange } from './lists.js';

const tag = 'Books';
const csv = ['text/csv'] as const;

const tenantId = { description: 'One tenant; all of them when absent.' };
const format = { description: 'Instead of the Accept header.' };
const atATime: Readonly<Record<string, SchemaObject>> = {
  asOf: { description: 'ISO 8601: leaves out what happened later. Now when absent.' },
  knownAt: { description: 'ISO 8601: leaves out what became known later. Now when absent.' },
};
const pages: Readonly<Record<string, SchemaObject>> = {
  limit: { type: 'integer', minimum: 1, maximum: 1_000, default: 100, description: 'Rows.' },
  cursor: { description: '`nextCursor` of the page before; `X-Next-Cursor` of a page in CSV.' },
};
const account = { description: 'One account by its whole name.' };
const accountClass = { description: 'Accounts of one class.' };

function list(
  about: Pick<Operation, 'id' | 'summary' | 'query' | 'description'>,
  schema: SchemaObject,
  example: object,
): Operation {
  const headers = ['X-Next-Cursor'] as const;
  const answer = { description: 'A page.', schema, orMediaTypes: csv, headers, example };
  return { tag, ...about, answers: { 200: answer } };
}

export const booksOperations = {
  trialBalance: {
    id: 'getTrialBalance',
    tag,
    summary: 'Trial balance',
    description: 'Sums of all accounts by class. The totals are 0, or the books are wrong.',
    query: { tenantId, ...atATime, format },
    answers: {
      200: {
        description: 'The trial balance.',
        schema: schemas.trialBalance,
        orMediaTypes: csv,
        example: books.trialBalance,
      },
    },
  },
  accounts: list(
    {
      id: 'listAccounts',
      summary: 'Accounts',
      description: 'Accounts in use; a hold that was closed is no longer one.',
      query: { tenantId, accountClass, account, ...atATime, ...pages, format: csvFormat },
    },
    schemas.accountPage,
    books.accounts,
  ),
  balances: list(
    {
      id: 'listBalances',
      summary: 'Balances',
      query: { tenantId, accountClass, account, ...atATime, ...pages, format: csvFormat },
    },
    schemas.balancePage,
    books.balances,
  ),
  entries: list(
    {
      id: 'listJournalEntries',
      summary: 'Journal',
      description:
        'Every entry in the order of the store, or the other way; in CSV a line for each posting.',
      query: {
        ...{ tenantId, account, lotId: { description: 'Entries that move tokens of one lot.' } },
        generationId: { description: 'Entries about one generation.' },
        ...{
          ...timeRange,
          ...atATime,
          ...sortedPageParameters('position'),
          ...pages,
          format: csvFormat,
        },
      },
    },
    schemas.journalPage,
    books.journalEntries,
  ),
  lots: {
    id: 'listLots',
    tag,
    summary: 'Lots of a tenant',
    description: 'What was paid for each, with which discount, and where its tokens are.',
    query: { tenantId: { description: 'The tenant.' }, format },
    answers: {
      200: {
        description: 'The lots.',
        schema: schemas.lots,
        orMediaTypes: csv,
        example: books.lots,
      },
    },
  },
} satisfies Record<string, Operation>;

export const periodOperations = {
  revenueOf: {
    id: 'getRevenue',
    tag,
    summary: 'Revenue of a month',
    description:
      'Deferred revenue at the beginning, what the month did to it, and at the end: by tenant and currency, in tokens and money. What became known after a month was closed is in the next open one.',
    query: { month: { description: 'The month, such as `2026-01`.' }, tenantId, format },
    answers: {
      200: {
        description: 'The report.',
        schema: schemas.revenue,
        orMediaTypes: csv,
        example: books.revenue,
      },
    },
  },
  closes: {
    id: 'listCloses',
    tag,
    summary: 'Closed months',
    query: { format },
    answers: {
      200: {
        description: 'The closes.',
        schema: schemas.closes,
        orMediaTypes: csv,
        example: books.closes,
      },
    },
  },
  close: {
    id: 'closeMonth',
    tag,
    summary: 'Close a month',
    description:
      'For good: a month is never opened again. Later facts about it are booked in the first open month. Safe to repeat.',
    body: {
      name: 'MonthToClose',
      fields: {
        month: { description: 'A month that is over, the next to close.' },
        reason: {
          description: 'Why, for the record; the close of a month that is closed keeps its own.',
        },
      },
      examples: {
        january: {
          summary: 'A month',
          value: { month: '2026-01', reason: 'The auditors have signed January off.' },
        },
      },
    },
    answers: { 201: { description: 'Closed.', schema: schemas.close, example: books.close } },
    errors: ['conflict', 'unavailable'],
  },
} satisfies Record<string, Operation>;

const months: Readonly<Record<string, SchemaObject>> = {
  from: { description: 'First month, such as `2026-01`; the first of all when absent.' },
  to: { description: 'Last month, inclusive; the last of all when absent.' },
};

/** Answers of exports: whichever format was asked for. */
export const journalFile: Operation['answers'] = {
  200: {
    description: 'The file, sent as it is read.',
    mediaType: 'text/plain',
    schema: { type: 'string' },
    orMediaTypes: ['text/csv', 'application/jsonl'],
  },
};

export const journalFormat: SchemaObject = {
  description:
    '`csv`: a line a posting; `jsonl`: a document an entry; `hledger`, `beancount`: for those programs; `focus`: rows of FinOps FOCUS 1.2.',
};

export const exportMonths = months;

export const statementFile: Operation['answers'] = {
  200: {
    description: 'Its sums as JSON; with every line as CSV or PDF.',
    schema: schemas.statement,
    orMediaTypes: ['text/csv', 'application/pdf'],
    example: books.statement,
  },
};

export const exportOperations = {
  export: {
    id: 'exportJournal',
    tag,
    summary: 'Export the journal',
    description: 'Month by month; a late entry is in the month that took it.',
    query: { format: journalFormat, ...months, tenantId },
    answers: journalFile,
  },
  statement: {
    id: 'getTenantStatement',
    tag,
    summary: 'Statement of a tenant and month',
    query: {
      tenantId: { description: 'The tenant.' },
      month: { description: 'The month, such as `2026-01`.' },
      format: { description: '`json` when absent.' },
    },
    answers: statementFile,
    errors: ['not_found', 'payload_too_large'],
  },
  list: {
    id: 'listFindings',
    tag,
    summary: 'What checks of the books have found',
    query: {
      state: { description: 'Only those that are open, or that are gone.' },
      source: { description: 'Only those of one kind of check.' },
      check: { description: 'Only those of one check.' },
      ...sortedPageParameters('-openedAt'),
    },
    answers: {
      200: {
        description: 'A page of findings.',
        schema: schemas.findingPage,
        example: books.findings,
      },
    },
  },
} satisfies Record<string, Operation>;
