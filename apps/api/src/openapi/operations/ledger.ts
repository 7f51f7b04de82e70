import type { Operation } from '@imprest/platform';
import { trialBalance } from '../schemas/account.js';

export const ledgerOperations = {
  trialBalance: {
    id: 'getTrialBalance',
    tag: 'Books',
    summary: 'Trial balance',
    description: 'Sums of all accounts by class. The total is 0, or the books are wrong.',
    query: { tenantId: { description: 'One tenant; all of them when absent.' } },
    answers: { 200: { description: 'The trial balance.', schema: trialBalance } },
  },
} satisfies Record<string, Operation>;
