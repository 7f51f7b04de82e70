import { accountClasses, revenueColumns } from '@imprest/domain';
import { entryTypes, money, posting } from './account.js';
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

const tenantId = text('Tenant whose books they are.');
const accountClass = oneOf(accountClasses, 'Class of the chart of accounts.');
const position = text('Position in the event store.', { pattern: '^[0-9]+$' });
const minorUnits = text('Minor units of the currency, a whole number as a decimal string.', {
  pattern: '^-?[0-9]+$',
  examples: ['4990'],
});
const currency = text('ISO 4217.', { examples: ['EUR'] });

const classBalance = object('All accounts of one class.', {
  accountClass,
  accounts: count('Accounts of the class.'),
  tokens: amount('Their sum; a debit is positive.'),
  money: list(money, 'What they are worth, by currency; empty where nobody paid.'),
});

export const trialBalance = object('Sums of all accounts by class.', {
  classes: list(classBalance, 'Every class of the chart, those without an account too.'),
  total: amount('0, or the books are wrong.'),
  totalMoney: list(money, 'Of each currency 0, or the books are wrong.'),
  tenants: count('Accounts of tenants that were counted.'),
  entries: count('Entries that the sums are made of.'),
});

const account = object('An account in use.', {
  tenantId,
  account: text('Its name.', { examples: ['deferred-revenue:purchased:lot_1'] }),
  accountClass,
  normalSide: oneOf(['debit', 'credit'], 'Side on which it usually stands.'),
  lotId: orNull(text('Lot it is of.')),
  generationId: orNull(text('Generation it is of.')),
  currencies: list(currency, 'Of the lots it has to do with.'),
});

export const accountPage = page('accounts', account, 'Accounts by tenant and name.');

const balance = object('What is in an account, in one currency.', {
  tenantId,
  account: text('Name of the account.'),
  accountClass,
  tokens: amount('A debit is positive, a credit negative.'),
  money: orNull(money),
});

export const balancePage = page('balances', balance, 'Balances by tenant, account and currency.');

const journalEntry = object('A fact of an account with its double entry.', {
  tenantId,
  position,
  revision: count('Number of the fact within the account, without a gap.'),
  eventId: text('Id of the event.', { format: 'uuid' }),
  stream: text('The stream of the event, which has the revision there.'),
  type: oneOf(entryTypes, 'What happened.'),
  generationId: orNull(text('The generation it is about, if it is about one.')),
  happenedAt: timestamp('When it happened.'),
  knownAt: timestamp('When it became known.'),
  postings: list(posting, 'They sum to zero; empty for a fact that moves no token.'),
});

export const journalPage = page('entries', journalEntry, 'The journal in the order of the store.');

const lot = object('Tokens that came in together.', {
  lotId: text('Id of the lot.'),
  kind: oneOf(['purchased', 'promotional'], 'Purchased tokens never expire.'),
  tokens: amount('What it came in with: the sum of all that follow, refunded subtracted.'),
  available: amount('Can be spent.'),
  held: amount('Held for open generations.'),
  captured: amount('Ever captured.'),
  refunded: amount('Given back after they were captured.'),
  expired: amount('Expired.'),
  chargedBack: amount('Taken back by the payer’s bank.'),
  repaid: amount('Given up for money that went back to the payer.'),
  paidMinorUnits: orNull(minorUnits),
  recognisedMinorUnits: orNull(minorUnits),
  currency: orNull(currency),
  discountTier: orNull(text('Name of the discount.')),
  listMinorUnits: orNull(minorUnits),
  expiresAt: orNull(timestamp('When what is left of it expires.')),
  source: text('Payment id of a purchase, reason of a grant.'),
  provider: orNull(text('Who took the payment.')),
  receivedAt: timestamp('When it came in.'),
});

export const lots = object('Lots of a tenant.', {
  lots: list(lot, 'In the order they came in.'),
});

const worth = object('Tokens and what they are worth.', {
  tokens: amount('Tokens.'),
  minorUnits: orNull(minorUnits),
});

const revenueMeanings: Readonly<Record<(typeof revenueColumns)[number], string>> = {
  opening: 'Owed at the beginning, holds included.',
  purchased: 'Came in, bought or granted.',
  recognised: 'Earned, or used of a grant.',
  refunded: 'Given back to lots after it was earned.',
  chargedBack: 'Taken back by payers’ banks.',
  repaid: 'Given up for money that went back to payers.',
  breakage: 'Expired.',
  closing: 'Owed at the end.',
};

const revenueRow = object('A month of one tenant in one currency.', {
  tenantId,
  currency: orNull(text('ISO 4217; null for grants.')),
  ...Object.fromEntries(
    revenueColumns.map((column) => [column, { ...worth, description: revenueMeanings[column] }]),
  ),
});

export const revenue = object('What a month did to what is owed.', {
  month: text('The month.', { examples: ['2026-01'] }),
  closed: flag('Whether it is final.'),
  rows: list(revenueRow, 'By tenant, then by currency; those without amounts are left out.'),
});

export const statement = object('What a tenant had, got and used in a month.', {
  tenantId,
  month: text('The month.', { examples: ['2026-01'] }),
  closed: flag('Whether it is final.'),
  opening: amount('On account at the beginning, holds included.'),
  closing: amount('On account at the end, holds included.'),
  sums: list(revenueRow, 'By currency; granted tokens first.'),
});

const subject = object('Something to look at.', {
  kind: text('What it is.', { examples: ['generation'] }),
  id: text('Its id.'),
});

const finding = object('Something that must not be.', {
  id: text('Id of the finding: the same for the same thing found again.'),
  check: text('Name of the check.', { examples: ['sumOfBalances'] }),
  source: oneOf(
    ['invariant', 'reconciliation', 'audit'],
    'The watch that never stops, the match of jobs, ledger and assets, or the audit at night.',
  ),
  subjects: list(subject, 'What to look at.'),
  message: text('What was found, with the amounts.'),
  openedAt: timestamp('When it was found, the last time if it came back.'),
  resolvedAt: orNull(timestamp('When it was gone; null while it is open.')),
});

export const findingPage = page('findings', finding, 'Findings, newest first.');

const closingBalance = object('All accounts of one class and currency.', {
  accountClass,
  tokens: amount('Their sum; a debit is positive.'),
  money: orNull(money),
});

const actor = object('Who it was.', {
  kind: oneOf(['apiKey', 'operator', 'user', 'worker', 'system'], 'What kind of actor.'),
  id: text('Which one.'),
});

const seal = object('The seal that covers all a close is made of.', {
  number: count('Number of the seal.'),
  upTo: position,
  digest: text('SHA-256 of what is signed.'),
});

export const close = object('A month that is final.', {
  month: text('The month.', { examples: ['2026-01'] }),
  upTo: position,
  closedAt: timestamp('When it was closed.'),
  closedBy: actor,
  entries: text('Entries up to the end of the month.', { pattern: '^[0-9]+$' }),
  trialBalance: list(closingBalance, 'At the end of the month; lines of 0 are left out.'),
  digest: text('SHA-256 of the trial balance tenant by tenant.'),
  seal: orNull(seal),
  reason: orNull(text('Why it was closed; null where nobody was asked.')),
});

export const closes = object('Months that are final.', { closes: list(close, 'In their order.') });
