import { amount, count, hash, list, object, orNull, text, time } from './schema-words.js';

/** Of what every document for auditors is made of. */
export const storedEvent = object('An event byte for byte as the store has it.', {
  position: amount('Place in the store.'),
  stream: text('Category, a dash, and the id of what it is about.'),
  revision: count('Number within its stream, from 0 without a gap.'),
  eventId: text('UUID.'),
  type: text('What happened.'),
  version: count('Version of the schema of `data`.'),
  recordedAt: time('When the store knew it.'),
  data: text('JSON, as it is stored.'),
  metadata: text('JSON, as it is stored: who caused it, and when it happened.'),
});

const posting = object('One line of a journal entry.', {
  account: text('Account of the chart.'),
  lotId: text('Lot whose tokens move.'),
  tokens: amount('A debit is positive, a credit negative.'),
  money: orNull(
    object('Their worth at the price of the lot; null when nobody paid.', {
      minorUnits: amount('In minor units.'),
      currency: text('ISO 4217.'),
    }),
  ),
});

export const entryFields = {
  tenantId: text('Whose account it is.'),
  revision: count('Of the event.'),
  eventId: text('Of the event.'),
  type: text('Of the event.'),
  generationId: orNull(text('The generation it is about, if it is about one.')),
  happenedAt: time('When it happened.'),
  knownAt: time('When the store knew it.'),
  postings: list(posting, 'Tokens sum to zero, and so does the money of each currency.'),
};

export const seal = object('What a seal says of all events between two positions, signed.', {
  format: count('Version of what is signed: 1.'),
  number: count('From 1, without a gap.'),
  after: amount('Position of the last event under the seal before.'),
  upTo: amount('Position of the last event under this one.'),
  events: count('Events under it.'),
  root: hash('Merkle root (RFC 6962) over their leaves, in store order.'),
  accounts: count('Accounts known at its end.'),
  accountsRoot: hash('Merkle root over the heads of their chains.'),
  previous: orNull(hash('Digest of the seal before.')),
  knownBefore: time('Nothing the store knew before it is left out.'),
  sealedAt: time('When it was made.'),
  keyId: text('The key that signed it.'),
  digest: hash('Of what is signed.'),
  signature: text('Ed25519, base64.'),
});
