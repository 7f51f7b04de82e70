import { PROOF_FORMAT } from '../proof/charge-proof.js';
import { entryFields, seal, storedEvent } from './record-schemas.js';
import {
  amount,
  count,
  DIALECT,
  hash,
  list,
  object,
  oneOf,
  orNull,
  text,
  time,
} from './schema-words.js';

const lot = object('A lot that paid.', {
  lotId: text('Id of the lot.'),
  kind: orNull(oneOf(['purchased', 'promotional'], 'Kind of the lot.')),
  held: amount('Tokens held of it.'),
  captured: amount('Tokens kept of it.'),
  released: amount('Tokens that went back to it.'),
  refunded: amount('Kept tokens that were given back later.'),
  price: orNull(
    object('What was paid for the whole lot; null for a grant.', {
      minorUnits: amount('In minor units.'),
      currency: text('ISO 4217.'),
      tokens: amount('Tokens it came with.'),
    }),
  ),
});

const attempt = object('A worker that took the job.', {
  attempt: count('From 1.'),
  workerId: text('Who it was.'),
  leasedAt: time('When it began.'),
  failure: orNull(text('Why it failed; null when it did not.')),
});

const delivery = object('An attempt to deliver the record.', {
  messageId: text('Id of the message.'),
  attempt: count('From 1.'),
  at: time('When.'),
  outcome: text('What became of it.'),
  status: orNull(count('HTTP status; null when there was no answer.')),
});

const image = object('An image or clip that was handed out.', {
  index: count('From 0.'),
  mediaType: text('What it is.'),
  bytes: count('Size of the file.'),
  sha256: hash('Of the file.'),
});

const charge = object(
  'What the records say. A verifier tells it anew and compares.',
  {
    generationId: text('The generation.'),
    tenantId: text('Whose it is.'),
    requestedAt: time('When it was asked for.'),
    price: object('The price frozen at the request.', {
      priceBookVersion: text('Of the price book.'),
      model: text('Model asked for.'),
      images: count('Images asked for.'),
      perImage: amount('Tokens for each.'),
      total: amount('Tokens for all.'),
    }),
    outcome: oneOf(['open', 'succeeded', 'failed', 'cancelled'], 'How it ended.'),
    endedAt: orNull(time('When it ended.')),
    charged: amount('Tokens the outcome says were charged.'),
    hold: oneOf(['none', 'open', 'settled', 'released'], 'What became of the hold.'),
    held: amount('Tokens held.'),
    captured: amount('Tokens kept.'),
    released: amount('Tokens that went back.'),
    refunded: amount('Kept tokens that were given back later.'),
    lots: list(lot, 'Where the tokens came from.'),
    attempts: list(attempt, 'Who worked on it.'),
    deliveries: list(delivery, 'Who was told, and when.'),
    images: list(image, 'What was handed out. Missing in documents of earlier versions.'),
  },
  ['images'],
);

const inclusion = object('Where a leaf is under a seal.', {
  seal: count('Number of the seal.'),
  index: count('Place among the events under it, from 0.'),
  path: list(hash('A sibling.'), 'The way to the root, the sibling of the leaf first.'),
});

const record = object('A fact of the charge.', {
  event: storedEvent,
  entry: orNull(object('Its journal entry; null when it is of no account.', entryFields)),
  previous: orNull(hash('Leaf of the account’s entry before; zeros for the first entry.')),
  leaf: hash('Of this record.'),
  inclusion: orNull({ ...inclusion, description: 'Null: under no seal yet.' }),
});

const key = object('A key that signs seals.', {
  keyId: text('First 32 hexadecimal digits of the SHA-256 of the key.'),
  publicKey: text('Ed25519, base64 of its 32 bytes.'),
  endorsement: orNull(
    object('What the key before says of it; null for the first one, and after a loss.', {
      previousKeyId: text('The key before.'),
      introducedAt: time('From when on it signs.'),
      signature: text('Ed25519, base64.'),
    }),
  ),
});

/** The document that `imprest ledger verify --bundle` checks. */
export const chargeProofSchema = {
  $schema: DIALECT,
  $id: 'charge-proof.v1.json',
  title: 'Imprest charge proof',
  ...object('Everything there is to the charge of one generation, and the way to a signed seal.', {
    format: { const: PROOF_FORMAT, description: 'What this is.' },
    version: { const: 1, description: 'Version of the document.' },
    charge,
    records: list(record, 'In store order.'),
    chainHead: orNull(
      object('Where the account’s chain stands, while records are under no seal.', {
        tenantId: text('Whose account it is.'),
        revision: count('Of its last entry.'),
        leaf: hash('Of its last entry.'),
      }),
    ),
    keys: list(key, 'In the order they were introduced.'),
    seals: list(seal, 'Those the records are under.'),
  }),
};
