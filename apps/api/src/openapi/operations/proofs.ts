import { chargeProofSchema, ledgerBundleLineSchema } from '@imprest/ledger-seal';
import type { Operation, SchemaObject } from '@imprest/platform';
import * as schemas from '../schemas/proof.js';
import { chargeProof, sealKeys } from './examples-of-proofs.js';

const anySchema: SchemaObject = { type: 'object', description: 'A JSON Schema (2020-12).' };

export const chargeProofOperations = {
  proof: {
    id: 'getChargeProof',
    tag: 'Account',
    summary: 'Prove a charge',
    description:
      'Request, price, hold with its lots, attempts, outcome, settlement, refunds, deliveries and journal entries of one generation, each with its way to a signed seal of the ledger. Anybody who has a public key checks it without asking again: `imprest ledger verify --bundle`.',
    answers: {
      200: { description: 'The proof.', schema: schemas.chargeProof, example: chargeProof },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;

export const auditingOperations = {
  sealKeys: {
    id: 'listSealKeys',
    tag: 'Service',
    summary: 'Keys of the ledger',
    description:
      'The Ed25519 keys that sign the daily seals of the ledger, and the last seal. Hold on to a key: whoever keeps one knows whether the ledger was written anew.',
    answers: {
      200: { description: 'All keys ever used.', schema: schemas.sealKeys, example: sealKeys },
    },
  },
  chargeProofSchema: {
    id: 'getChargeProofSchema',
    tag: 'Service',
    summary: 'Schema of a charge proof',
    answers: {
      200: { description: chargeProofSchema.title, schema: anySchema },
    },
  },
  ledgerBundleLineSchema: {
    id: 'getLedgerBundleLineSchema',
    tag: 'Service',
    summary: 'Schema of a bundle’s line',
    answers: {
      200: { description: ledgerBundleLineSchema.title, schema: anySchema },
    },
  },
} satisfies Record<string, Operation>;
