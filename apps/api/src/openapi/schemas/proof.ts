import { chargeProofSchema } from '@imprest/ledger-seal';
import type { SchemaObject } from '@imprest/platform';
import { list, object, orNull, text, timestamp } from './schema.js';

const { $schema: _dialect, $id: _id, ...proof } = chargeProofSchema;
const { properties } = proof as unknown as {
  readonly properties: { readonly seals: { readonly items: SchemaObject } };
};

/** As `GET /schemas/charge-proof.v1.json` has it, but for its name. */
export const chargeProof: SchemaObject = proof;

const { additionalProperties: _closed, ...seal } = properties.seals.items;
export const ledgerSeal: SchemaObject = seal;

export const sealKey = object('A key of the line of seals.', {
  keyId: text('First 32 hexadecimal digits of the SHA-256 of the key.'),
  publicKey: text('Ed25519, base64 of its 32 bytes.'),
  previousKeyId: orNull(text('The key it took over from; null for the first one.')),
  endorsement: orNull(text('Signature of that key over this one; null when nobody endorsed it.')),
  introducedAt: timestamp('From when on it signs.'),
  reason: text('Why it was introduced.'),
});

export const sealKeys = object('Keys and the last seal.', {
  keys: list(sealKey, 'In the order they were introduced; the last one signs.'),
  lastSeal: orNull(ledgerSeal),
});
