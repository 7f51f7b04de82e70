import { count, object, oneOf, page, text, timestamp } from './schema.js';

const endUserEmail = text('E-mail of the end user, lowercased.', { format: 'email' });
const state = oneOf(['active', 'blocked'], 'Requests of a blocked end user are refused.');

export const endUser = object(
  'What an end user did.',
  {
    endUserEmail,
    generations: count('Requests accepted.'),
    succeeded: count('Generations that succeeded.'),
    failed: count('Generations that failed.'),
    refusedPrompts: count('Prompts that broke the content policy.'),
    xTokensSpent: count('Tokens charged for this end user.'),
    firstSeen: timestamp('First request.'),
    lastSeen: timestamp('Latest request.'),
    state,
    blockedReason: text('Why the end user is blocked. Absent while active.'),
  },
  ['blockedReason'],
);

export const endUserPage = page('endUsers', endUser, 'End users, the one seen first is last.');

export const endUserState = object('The state from now on.', {
  endUserEmail,
  state,
  reason: text('The reason on record.'),
});

export const deletion = object('What was deleted.', {
  deleted: count('Generations whose prompts and images are gone; the ledger keeps the amounts.'),
});
