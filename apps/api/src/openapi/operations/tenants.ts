import type { Operation, RequestBody } from '@imprest/platform';
import * as schemas from '../schemas/tenant.js';
import { sortedPageParameters } from './lists.js';
import { overlap } from './overlap.js';

const tag = 'Tenants';
const createdAt = '2026-11-20T09:00:00.000Z';
const previousValidUntil = '2026-11-21T09:00:00.000Z';
const webhookSecret = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';

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
    query: {
      q: { description: 'Part of the name, or the beginning of the id.', examples: ['studio'] },
      frozen: { description: 'Whether the account is frozen; all when absent.' },
      ...sortedPageParameters('-createdAt'),
    },
    answers: {
      200: {
        description: 'A page of tenants.',
        schema: schemas.tenantPage,
        example: { tenants: [{ id: 'studio', name: 'Studio', createdAt }], nextCursor: null },
      },
    },
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
