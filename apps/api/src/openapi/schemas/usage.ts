import { budget } from './limits.js';
import { count, object, orNull, page, text } from './schema.js';

const optional = [
  ...['day', 'model', 'apiKeyId', 'apiKeyBudget'],
  ...['endUserId', 'endUserEmail', 'endUserBudget', 'dialect'],
];

const group = object(
  'Sums of a group. What it was not grouped by is absent.',
  {
    day: text('Day of UTC.', { examples: ['2026-11-20'] }),
    model: text('Alias of the model.'),
    apiKeyId: text('Id of the key.'),
    apiKeyBudget: orNull(budget),
    endUserId: text('Pseudonym of the end user.'),
    endUserEmail: orNull(
      text('E-mail; null when it was erased, or the key lacks the scope `end_users:read`.'),
    ),
    endUserBudget: orNull(budget),
    dialect: text('Name of the dialect.'),
    requests: count('Requests accepted.'),
    succeeded: count('Generations that succeeded.'),
    failed: count('Generations that failed.'),
    cancelled: count('Generations that were cancelled.'),
    successRatio: orNull({
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: 'Succeeded among those that succeeded or failed; null when there were none.',
    }),
    xTokens: object('Tokens, each on the day it happened.', {
      held: count('Held when requests were accepted.'),
      captured: count('Earned: the same as in the ledger.'),
      released: count('Given back when work ended.'),
      refunded: count('Given back after they had been captured.'),
    }),
  },
  optional,
);

export const usagePage = page('usage', group, 'Groups in the order of what they are grouped by.');
