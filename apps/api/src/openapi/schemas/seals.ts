import { readingProgress, run } from './projections.js';
import { count, list, object, orNull, page, text, timestamp } from './schema.js';

const position = text('Position in the event store.', { pattern: '^[0-9]+$' });

const seal = object('A seal over all events up to a position.', {
  number: count('From 1, without a gap.', { minimum: 1 }),
  after: text('Position of the last event that the seal before it covers.'),
  upTo: text('Position of the last event covered.'),
  events: count('Events covered.'),
  accounts: count('Token accounts known then.'),
  root: text('Merkle root over the leaves of all events covered, hexadecimal.'),
  accountsRoot: text('Merkle root over the heads of all chains, hexadecimal.'),
  previous: orNull(text('Digest of the seal before it.')),
  digest: text('SHA-256 of what is signed.'),
  keyId: text('The key that signed.'),
  signature: text('Ed25519, base64.'),
  knownBefore: timestamp('Nothing known before is left out.'),
  sealedAt: timestamp('When it was made.'),
});

export const sealPage = page('seals', seal, 'Seals, newest first.');

const finding = object('What is wrong.', {
  position: { type: ['string', 'null'], description: 'Of the event; null when it is about none.' },
  where: text('The stream, or what else it is about.'),
  problem: text('In one sentence.'),
});

export const verification = run(
  readingProgress,
  orNull(
    object('What was found; null until it is done.', {
      events: count('Events looked at.'),
      entries: count('Entries looked at.'),
      accounts: count('Accounts looked at.'),
      snapshots: count('Snapshots looked at.'),
      upTo: position,
      seals: count('Seals checked.'),
      sealedUpTo: position,
      vouchedUpTo: count('Number of the last seal that a key known from elsewhere vouches for.'),
      notBooked: count('Events of accounts that the journal had not booked yet.'),
      seconds: { type: 'number', description: 'How long it took.' },
      findingsCount: count('0 when the books are intact.'),
      findings: list(finding, 'A hundred of them at most.'),
    }),
  ),
);

export const verificationPage = page('verifications', verification, 'Verifications, newest first.');
