import type { Operation, RequestBody } from '@imprest/platform';
import * as schemas from '../schemas/tenant.js';
import { sortedPageParameters } from './lists.js';
import { overlap } from './overlap.js';

const tag = 'Keys';
const key = 'imp_live_4kTz9QeXw2LmV7sRb1NcYp6HdJg0Fu8A1b2C3d';
const id = '4kTz9QeXw2Lm';
const prefix = `imp_live_${id}`;
const createdAt = '2026-11-20T09:00:00.000Z';
const previousValidUntil = '2026-11-21T09:00:00.000Z';
const noEnd = { rotatedTo: null, validUntil: null, revokedAt: null, revokedReason: null };

const listed = {
  id,
  tenantId: 'studio',
  name: 'shop backend',
  prefix,
  scopes: ['generations:write', 'generations:read'],
  models: null,
  requestsPerMinute: 500,
  createdAt,
  expiresAt: null,
  ...noEnd,
  lastUsedAt: '2026-11-20T09:30:00.000Z',
  requests: '4211',
};

const page = {
  200: {
    description: 'A page of keys.',
    schema: schemas.apiKeyPage,
    example: { keys: [listed], nextCursor: null },
  },
};

const newKey = (scopes: string, models: string, end: string): RequestBody => ({
  name: 'NewApiKey',
  fields: {
    name: { description: 'For people.' },
    mode: { default: 'live', description: 'Begins the key: `imp_live_` or `imp_test_`.' },
    scopes: { description: `What the key may do; ${scopes} when absent.` },
    models: { description: `Aliases of the models that it may use; ${models} when absent.` },
    expiresAt: { description: `When the key expires; ${end} when absent.` },
    requestsPerMinute: {
      default: 500,
      description:
        'On the base tier, in each bucket: images, video (which has a lower limit of its own) and polling.',
    },
  },
  examples: {
    everything: { summary: 'Scopes left out', value: { name: 'shop backend' } },
    reporting: {
      summary: 'Read only, for a year',
      value: {
        name: 'reporting',
        scopes: ['balance:read', 'ledger:read'],
        expiresAt: '2027-11-20T00:00:00.000Z',
      },
    },
  },
});

const issued = {
  201: {
    description: 'Issued. The key is shown this once.',
    schema: schemas.issuedKey,
    example: { key, id, prefix },
  },
};

const rotate = {
  tag,
  summary: 'Rotate an API key',
  description: 'Issues a successor with the same terms; both share one budget.',
  body: overlap,
  answers: {
    201: {
      description: 'The successor, shown this once.',
      schema: schemas.rotatedKey,
      example: { key, id, prefix, previousValidUntil },
    },
  },
  errors: ['not_found', 'conflict'],
} satisfies Partial<Operation>;

const revoke = {
  tag,
  summary: 'Revoke an API key',
  description: 'At once and for good. Safe to repeat.',
  body: {
    name: 'Revocation',
    fields: { reason: { description: 'Goes on record.' } },
    examples: { leaked: { summary: 'With a reason', value: { reason: 'leaked' } } },
  },
  answers: { 204: { description: 'Revoked.' } },
  errors: ['not_found'],
} satisfies Partial<Operation>;

/** The operator's, for any tenant. */
export const tenantKeyOperations = {
  list: {
    ...{ id: 'listApiKeys', tag: 'Tenants', summary: 'List API keys of a tenant' },
    query: sortedPageParameters('-createdAt'),
    answers: page,
  },
  issue: {
    ...{ id: 'issueApiKey', tag: 'Tenants', summary: 'Issue an API key' },
    body: newKey('all but `members:write`', 'every model', 'never'),
    answers: issued,
    errors: ['not_found'],
  },
  rotate: { ...rotate, id: 'rotateApiKey', tag: 'Tenants' },
  revoke: { ...revoke, id: 'revokeApiKey', tag: 'Tenants' },
} satisfies Record<string, Operation>;

/** A tenant's, for its own. */
export const ownKeyOperations = {
  list: {
    ...{ id: 'listOwnApiKeys', tag, summary: 'List your API keys' },
    description: 'Newest first, those that were revoked or have expired among them.',
    query: sortedPageParameters('-createdAt'),
    answers: page,
  },
  get: {
    ...{ id: 'getOwnApiKey', tag, summary: 'One of your API keys' },
    answers: { 200: { description: 'The key.', schema: schemas.apiKey, example: listed } },
    errors: ['not_found'],
  },
  issue: {
    ...{ id: 'issueOwnApiKey', tag, summary: 'Issue an API key' },
    description:
      'It may do at most what you may: scopes and models that you lack are refused with 403, which names them, and it gets at most 500 requests a minute, or as many as you when that is more.',
    body: {
      ...newKey(
        'all that you have but `members:write`',
        'those that you may use',
        'when yours does, which is the latest,',
      ),
      name: 'NewOwnApiKey',
    },
    answers: issued,
  },
  rotate: {
    ...rotate,
    id: 'rotateOwnApiKey',
    description: `${rotate.description} A key that may do more than you may is refused with 403.`,
  },
  revoke: { ...revoke, id: 'revokeOwnApiKey' },
} satisfies Record<string, Operation>;
