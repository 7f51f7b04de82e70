import { count, object, oneOf, timestamp, url } from './schema.js';

export const balanceAlert = object('When to tell of a low balance.', {
  threshold: count('Told when fewer tokens than that are available.', { minimum: 1 }),
  webhookUrl: url('Where to tell.'),
});

export const lowBalance = object('The balance fell below the threshold of the alert.', {
  type: oneOf(['account.low_balance'], 'What happened.'),
  timestamp: timestamp('When it was noticed.'),
  data: object('The balance at that time.', {
    available: count('Tokens that could be spent.'),
    threshold: count('The threshold of the alert.'),
  }),
});
