import { accountClasses } from '@imprest/domain';
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

const posting = object('One side of a double entry.', {
  account: text('Account of the ledger.', { examples: ['held:req_01h5z8k2m4n6p8r0t2v4x6y8z0'] }),
  tokens: amount('A debit is positive, a credit negative.'),
});

const lotMovement = object('What one lot gave or got.', {
  lotId: text('Id of the lot.'),
  kind: oneOf(['purchased', 'promotional'], 'Kind of the lot.'),
  tokens: amount('Negative when the lot gave.'),
});

const entryTypes = Object.entries(catalogue)
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
  lots: list(lotMovement, 'Each lot it moved.'),
  postings: list(posting, 'They sum to zero; empty for a fact that moves no token.'),
});

export const statementPage = page('entries', ledgerEntry, 'The statement, newest entry first.');

const classBalance = object('All accounts of one class.', {
  accountClass: oneOf(accountClasses, 'Class of the chart of accounts.'),
  accounts: count('Accounts of the class.'),
  tokens: amount('Their sum; a debit is positive.'),
});

export const trialBalance = object('Sums of all accounts by class.', {
  classes: list(classBalance, 'Every class of the chart, those without an account too.'),
  total: amount('0, or the books are wrong.'),
  tenants: count('Accounts of tenants that were counted.'),
  entries: count('Entries that the sums are made of.'),
});
