import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/account.js';
import * as examples from './examples.js';
import { csvFormat, sortedPageParameters, timeRange } from './lists.js';

const tag = 'Account';
const generationId = examples.receipt.requestId;

const holdEntry = {
  position: '4211',
  revision: 2,
  type: 'TokensHeld',
  generationId,
  happenedAt: examples.receipt.createdAt,
  knownAt: examples.receipt.createdAt,
  changeOfAvailable: '-10',
  changeOfHeld: '10',
  available: '990',
  held: '10',
  lots: [{ lotId: 'demo_welcome', kind: 'promotional', tokens: '-10', money: null }],
  charged: [],
  postings: [
    { account: 'promotional:demo_welcome', lotId: 'demo_welcome', tokens: '10', money: null },
    { account: `held:${generationId}`, lotId: 'demo_welcome', tokens: '-10', money: null },
  ],
};

export const balanceOperations = {
  balance: {
    id: 'getBalance',
    tag,
    summary: 'Balance',
    answers: {
      200: { description: 'The balance.', schema: schemas.balance, example: examples.balance },
    },
  },
} satisfies Record<string, Operation>;

export const statementOperations = {
  entries: {
    id: 'listLedgerEntries',
    tag,
    summary: 'Statement',
    description: 'Every fact of the account with its double entry. Amounts are decimal strings.',
    query: {
      ...sortedPageParameters('-revision'),
      ...timeRange,
      generationId: { description: 'Entries about one generation.' },
      format: csvFormat,
    },
    answers: {
      200: {
        description: 'A page of entries.',
        schema: schemas.statementPage,
        orMediaTypes: ['text/csv'],
        headers: ['X-Next-Cursor'],
        example: { entries: [holdEntry], nextCursor: null },
      },
    },
  },
} satisfies Record<string, Operation>;
