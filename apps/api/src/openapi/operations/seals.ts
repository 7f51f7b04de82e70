import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/seals.js';
import { sortedPageParameters } from './lists.js';

const tag = 'Books';
const digest = '6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b';

const seal = {
  ...{ number: 12, after: '4000000', upTo: '4182004', events: 182_004, accounts: 41 },
  ...{ root: digest, accountsRoot: digest, previous: digest, digest },
  keyId: digest.slice(0, 32),
  signature: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
  knownBefore: '2026-11-20T00:00:00.000Z',
  sealedAt: '2026-11-20T00:02:10.000Z',
};

const verification = {
  id: 'run_01kf0abt7y8c9d1q5f6g7h8j9k',
  subject: 'ledger',
  state: 'finished',
  ...{ reason: null, startedBy: 'admin', progress: null },
  result: {
    ...{ events: 4_182_000, entries: 1_200_300, accounts: 41, snapshots: 3, upTo: '4182004' },
    ...{ seals: 12, sealedUpTo: '4182004', vouchedUpTo: 0, notBooked: 0, seconds: 48.2 },
    ...{ findingsCount: 0, findings: [] },
  },
  error: null,
  startedAt: '2026-11-20T09:30:00.000Z',
  changedAt: '2026-11-20T09:30:49.000Z',
  endedAt: '2026-11-20T09:30:49.000Z',
};
const begun = { ...verification, state: 'running', result: null, endedAt: null };

export const sealOperations = {
  list: {
    id: 'listSeals',
    tag,
    summary: 'List seals',
    description: 'Each covers all events since the one before it, and is signed.',
    query: sortedPageParameters('-number'),
    answers: {
      200: {
        description: 'A page of seals.',
        schema: schemas.sealPage,
        example: { seals: [seal], nextCursor: null },
      },
    },
  },
  verify: {
    id: 'startVerification',
    tag,
    summary: 'Verify the books',
    description:
      'In the background: chains, seals, zero sums, snapshots, and that the journal is what the events give. `conflict` while another one is under way.',
    body: {
      name: 'VerificationOrder',
      fields: {
        chainsOnly: { description: 'Book nothing anew: chains, seals and zero sums alone.' },
        reason: { description: 'Goes on record.' },
      },
      examples: { whole: { summary: 'Everything', value: { reason: 'before the audit' } } },
    },
    answers: {
      202: { description: 'It has begun.', schema: schemas.verification, example: begun },
    },
    errors: ['conflict'],
  },
  verified: {
    id: 'listVerifications',
    tag,
    summary: 'List verifications',
    query: sortedPageParameters('-startedAt'),
    answers: {
      200: {
        description: 'A page of verifications.',
        schema: schemas.verificationPage,
        example: { verifications: [verification], nextCursor: null },
      },
    },
  },
  verification: {
    id: 'getVerification',
    tag,
    summary: 'Show a verification',
    description: 'How far it is, and what it has found.',
    answers: {
      200: { description: 'It.', schema: schemas.verification, example: verification },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
