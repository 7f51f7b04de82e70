import { BUNDLE_FORMAT } from '../bundle/bundle-lines.js';
import { entryFields, storedEvent } from './record-schemas.js';
import { amount, DIALECT, hash, object } from './schema-words.js';

const leaf = hash('Of the event.');

/** One line of the JSON lines that `imprest ledger verify --bundle` checks. */
export const ledgerBundleLineSchema = {
  $schema: DIALECT,
  $id: 'ledger-bundle-line.v1.json',
  title: 'A line of an Imprest ledger bundle',
  oneOf: [
    object('The first line.', {
      format: { const: BUNDLE_FORMAT, description: 'What this is.' },
      version: { const: 1, description: 'Version of the document.' },
    }),
    object('An event of an account with its journal entry.', {
      event: storedEvent,
      entry: object('Its journal entry.', {
        ...entryFields,
        available: amount('Tokens of the account after it.'),
        held: amount('Tokens held after it.'),
        leaf: hash('The chain of the account up to and with it.'),
      }),
    }),
    object('An event of the line of seals.', { event: storedEvent, leaf }),
    object('An event whose content is withheld.', { position: amount('Its place.'), leaf }),
    object('The last line.', {
      end: object('What the bundle has.', {
        upTo: amount('Position of its last event.'),
        events: amount('Events it tells of.'),
      }),
    }),
  ],
};
