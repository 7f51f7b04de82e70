import type { Operation, RequestBody } from '@imprest/platform';
import * as schemas from '../schemas/tenant.js';
import { pageParameters } from './lists.js';

const tag = 'Tenants';
const key = 'imp_live_4kTz9QeXw2LmV7sRb1NcYp6HdJg0Fu8A1b2C3d';
const id = '4kTz9QeXw2Lm';
const prefix = `imp_live_${id}`;
const createdAt = '2026-11-20T09:00:00.000Z';
const previousValidUntil = '2026-11-21T09:00:00.000Z';
const webhookSecret = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const noExpiry = { rotatedTo: null, validUntil: null, revokedAt: null, revokedReason: null };

const listedKey = {
  id,
  tenantId: 'studio',
  name: 'shop backend',
  prefix,
  scopes: ['generations:write', 'generations:read'],
  models: null,
  requestsPerMinute: 500,
  createdAt,
  expiresAt: null,
  ...noExpiry,
  lastUsedAt: '2026-11-20T09:30:00.000Z',
  requests: '4211',
};

const overlap: RequestBody = {
  name: 'Rotation',
  fields: {
    overlapSeconds: {
      default: 86_400,
      description: 'Seconds for which the old one goes on working, up to a week.',
    },
  },
  examples: { hour: { summary: 'An hour to change over', value: { overlapSeconds: 3_600 } } },
};

const create: Operation = {
  id: 'createTenant',
  tag,
  summary: 'Create a tenant',
  description:
    'Opens its token account too. With an `id` of your own the call is safe to repeat: the answer is the same.',
  body: {
    name: 'NewTenant',
    fields: {
      name: { description: 'For people.' },
      id: { description: 'Lowercase letters, digits and underscores; made up when absent.' },
    },
    examples: { named: { summary: 'With an id', value: { name: 'Studio', id: 'studio' } } },
  },
  answers: {
    201: {
      description: 'Created.',
      schema: schemas.createdTenant,
      example: { tenantId: 'studio', webhookSecret },
    },
  },
  errors: ['conflict'],
};

const issueKey: Operation = {
  id: 'issueApiKey',
  tag,
  summary: 'Issue an API key',
  body: {
    name: 'NewApiKey',
    fields: {
      name: { description: 'For people.' },
      mode: { default: 'live', description: 'Begins the key: `imp_live_` or `imp_test_`.' },
      scopes: { description: 'What the key may do; everything when absent.' },
      models: { description: 'Aliases of the models that it may use; every model when absent.' },
      expiresAt: { description: 'When the key expires; never when absent.' },
      requestsPerMinute: {
        default: 500,
        description:
          'On the base tier, in each bucket: images, video (which has a lower limit of its own) and polling.',
      },
    },
    examples: {
      everything: { summary: 'All scopes', value: { name: 'shop backend' } },
      reporting: {
        summary: 'Read only, for a year',
        value: {
          name: 'reporting',
          scopes: ['balance:read', 'ledger:read'],
          expiresAt: '2027-11-20T00:00:00.000Z',
        },
      },
    },
  },
  answers: {
    201: {
      description: 'Issued. The key is shown this once.',
      schema: schemas.issuedKey,
      example: { key, id, prefix },
    },
  },
  errors: ['not_found'],
};

const grant: Operation = {
  id: 'grantTokens',
  tag,
  summary: 'Grant promotional tokens',
  description: 'A `grantId` of your own makes the call safe to repeat.',
  body: {
    name: 'NewGrant',
    fields: {
      tokens: { description: 'Tokens to grant.' },
      reason: { description: 'Goes on record.' },
      grantId: { description: 'Names the lot; made up when absent.' },
      expiresAt: { description: 'When the tokens expire; never when absent.' },
    },
    examples: {
      welcome: {
        summary: 'A welcome grant',
        value: { tokens: 1_000, reason: 'welcome', grantId: 'welcome_studio' },
      },
    },
  },
  answers: {
    201: {
      description: 'Granted.',
      schema: schemas.grant,
      example: { grantId: 'welcome_studio', tokens: 1_000, reason: 'welcome', expiresAt: null },
    },
  },
  errors: ['not_found', 'conflict'],
};

const freezing = (name: string, reason: string): RequestBody => ({
  name,
  fields: { reason: { description: 'Goes on record.' } },
  examples: { reason: { summary: 'With a reason', value: { reason } } },
});

export const tenantOperations = {
  create,
  list: {
    id: 'listTenants',
    tag,
    summary: 'List tenants',
    query: pageParameters,
    answers: {
      200: {
        description: 'A page of tenants.',
        schema: schemas.tenantPage,
        example: { tenants: [{ id: 'studio', name: 'Studio', createdAt }], nextCursor: null },
      },
    },
  },
  listKeys: {
    id: 'listApiKeys',
    tag,
    summary: 'List API keys of a tenant',
    query: pageParameters,
    answers: {
      200: {
        description: 'A page of keys.',
        schema: schemas.apiKeyPage,
        example: { keys: [listedKey], nextCursor: null },
      },
    },
  },
  issueKey,
  rotateKey: {
    id: 'rotateApiKey',
    tag,
    summary: 'Rotate an API key',
    description: 'Issues a successor with the same terms.',
    body: overlap,
    answers: {
      201: {
        description: 'The successor, shown this once.',
        schema: schemas.rotatedKey,
        example: { key, id, prefix, previousValidUntil },
      },
    },
    errors: ['not_found', 'conflict'],
  },
  revokeKey: {
    id: 'revokeApiKey',
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
  },
  grant,
  freeze: {
    id: 'freezeAccount',
    tag,
    summary: 'Freeze an account',
    description:
      'It makes no new holds; work under way settles. Safe to repeat. A charge-back freezes an account by itself.',
    body: freezing('Freeze', 'under investigation'),
    answers: { 204: { description: 'Frozen.' } },
    errors: ['not_found'],
  },
  unfreeze: {
    id: 'unfreezeAccount',
    tag,
    summary: 'Unfreeze an account',
    description: 'Safe to repeat.',
    body: freezing('Unfreeze', 'settled by transfer'),
    answers: { 204: { description: 'It makes holds again, as far as it has tokens.' } },
    errors: ['not_found'],
  },
  rotateWebhookSecret: {
    id: 'rotateWebhookSecret',
    tag,
    summary: 'Rotate the webhook secret of a tenant',
    body: overlap,
    answers: {
      201: {
        description: 'The new secret, shown this once.',
        schema: schemas.rotatedSecret,
        example: { webhookSecret, previousValidUntil },
      },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
