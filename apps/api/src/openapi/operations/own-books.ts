import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/ledger.js';
import { lots } from './examples-of-books.js';
import { exportMonths, journalFile, journalFormat, statementFile } from './ledger.js';

const tag = 'Account';

export const ownBooksOperations = {
  lots: {
    id: 'listOwnLots',
    tag,
    summary: 'Lots',
    description: 'What was bought and granted, for how much, and where its tokens are.',
    answers: { 200: { description: 'The lots.', schema: schemas.lots, example: lots } },
  },
  statement: {
    id: 'getStatement',
    tag,
    summary: 'Statement of a month',
    query: {
      month: { description: 'The month, such as `2026-01`.' },
      format: { description: '`json` when absent.' },
    },
    answers: statementFile,
    errors: ['not_found', 'payload_too_large'],
  },
  export: {
    id: 'exportOwnJournal',
    tag,
    summary: 'Export the journal',
    description: 'The tenant’s own entries; `focus` is for tools that add up costs.',
    query: { format: journalFormat, ...exportMonths },
    answers: journalFile,
  },
} satisfies Record<string, Operation>;
