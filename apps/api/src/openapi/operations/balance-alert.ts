import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/balance-alert.js';

const tag = 'Account';
const example = { threshold: 500, webhookUrl: 'https://studio.example.com/hooks/imprest' };
const alert = { description: 'The alert.', schema: schemas.balanceAlert, example };

export const balanceAlertOperations = {
  get: {
    id: 'getBalanceAlert',
    tag,
    summary: 'Low-balance alert',
    answers: { 200: alert },
    errors: ['not_found'],
  },
  set: {
    id: 'setBalanceAlert',
    tag,
    summary: 'Set the low-balance alert',
    description:
      'A webhook `account.low_balance` tells once each time the balance falls below the threshold, and at once when it is below already. The balance is looked at ten times a second at most.',
    body: {
      name: 'NewBalanceAlert',
      fields: {
        threshold: { description: 'Tokens.' },
        webhookUrl: { description: 'Where to tell. https.' },
      },
      examples: { low: { summary: 'Below 500 tokens', value: example } },
    },
    answers: { 200: alert },
  },
  clear: {
    id: 'clearBalanceAlert',
    tag,
    summary: 'Clear the low-balance alert',
    description: 'Safe to repeat.',
    answers: { 204: { description: 'Nothing is told any more.' } },
  },
} satisfies Record<string, Operation>;
