import { catalogue } from '@imprest/event-catalogue';
import {
  amount,
  count,
  flag,
  list,
  object,
  oneOf,
  orNull,
  page,
  text,
  timestamp,
} from './schema.js';

export const balance = object('What the account holds, from the account itself: never behind.', {
  xTokens: count('Tokens that can be spent; the same as `available`.'),
  available: count('Tokens that can be spent.'),
  held: count('Tokens held for work under way.'),
  purchased: count('Bought tokens among the available ones; they never expire.'),
  promotional: count('Granted tokens among the available ones.'),
  frozen: flag('A frozen account accepts no request.'),
});

export const money = object('What tokens are worth at the price of their lot.', {
  currency: text('ISO 4217.', { examples: ['EUR'] }),
  minorUnits: text('A whole number of minor units as a decimal string.', {
    pattern: '^-?[0-9]+$',
    examples: ['4990'],
  }),
});

export const posting = object('One side of a double entry.', {
  account: text('Account of the ledger.', { examples: ['held:req_01h5z8k2m4n6p8r0t2v4x6y8z0'] }),
  lotId: text('Lot whose tokens move.'),
  tokens: amount('A debit is positive, a credit negative.'),
  money: orNull(money),
});

const lotShare = object('What one lot has to do with an entry.', {
  lotId: text('Id of the lot.'),
  kind: oneOf(['purchased', 'promotional'], 'Kind of the lot.'),
  tokens: amount('Tokens of the lot.'),
  money: orNull(money),
});

export const entryTypes = Object.entries(catalogue)
  .filter(([, { category }]) => category === 'tokenAccount')
  .map(([type]) => type);

export const ledgerEntry = object('One fact of the account with its double entry.', {
  position: text('Position in the event store.', { pattern: '^[0-9]+$' }),
  revision: count('Number of the fact within the account, without a gap.'),
  type: oneOf(entryTypes, 'What happened.'),
  generationId: orNull(text('The generation it is about, if it is about one.')),
  happenedAt: timestamp('When it happened.'),
  knownAt: timestamp('When it became known.'),
  changeOfAvailable: amount('Change of what can be spent: a hold is negative.'),
  changeOfHeld: amount('Change of what is held.'),
  available: amount('What could be spent after it.'),
  held: amount('What was held after it.'),
  lots: list(lotShare, 'What each lot gave (negative) or got (positive).'),
  charged: list(lotShare, 'What each lot paid for good (positive) or got back after (negative).'),
  postings: list(posting, 'They sum to zero; empty for a fact that moves no token.'),
});

export const statementPage = page('entries', ledgerEntry, 'The statement, newest entry first.');
