import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/limits.js';

const tag = 'Limits';
const example = { tenantId: 'studio', tier: 'scale', times: 2 };

export const tierOperations = {
  list: {
    id: 'listTiers',
    tag,
    summary: 'Tiers of rate limits',
    answers: {
      200: {
        description: 'The tiers.',
        schema: schemas.tiers,
        example: {
          version: 'built-in-1',
          defaultTier: 'base',
          tiers: [
            { name: 'base', times: 1 },
            { name: 'scale', times: 2 },
            { name: 'volume', times: 4 },
          ],
        },
      },
    },
  },
  get: {
    id: 'getTenantTier',
    tag,
    summary: 'Tier of a tenant',
    answers: {
      200: { description: 'The tier that applies.', schema: schemas.tenantTier, example },
    },
    errors: ['not_found'],
  },
  assign: {
    id: 'assignTier',
    tag,
    summary: 'Assign a tier to a tenant',
    description: 'Felt by every process within seconds. Safe to repeat.',
    body: {
      name: 'TierAssignment',
      fields: { tier: { description: 'Name of a tier of the file.' } },
      examples: { scale: { summary: 'Twice the limits', value: { tier: 'scale' } } },
    },
    answers: {
      200: { description: 'The tier from now on.', schema: schemas.tenantTier, example },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
