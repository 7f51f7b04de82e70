import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/limits.js';

const tag = 'Limits';
const example = {
  tenantId: 'studio',
  weight: 4,
  cap: 8,
  priority: 1,
  assigned: { weight: 4, cap: 8, priority: null },
};

export const shareOperations = {
  get: {
    id: 'getTenantShare',
    tag,
    summary: 'Share of a tenant',
    description: 'What it gets of the workers while others wait as well.',
    answers: {
      200: { description: 'The share that applies.', schema: schemas.tenantShare, example },
    },
    errors: ['not_found'],
  },
  assign: {
    id: 'assignTenantShare',
    tag,
    summary: 'Assign a share to a tenant',
    description:
      'Holds for what waits already too. What is absent or null is left to the tier of the tenant; a cap then is none. ' +
      'A cap holds back this tenant only: what it does not take goes to others. Safe to repeat.',
    body: {
      name: 'ShareAssignment',
      fields: {
        weight: {
          description:
            'Of two tenants that wait, the one of twice the weight gets twice the GPU time.',
        },
        cap: { description: 'Most jobs at once.' },
        priority: {
          description: 'How much of its work may go first each time it comes back, 0 to 9.',
        },
      },
      examples: {
        share: {
          summary: 'Four times the GPU time, eight jobs at once',
          value: { weight: 4, cap: 8 },
        },
      },
    },
    answers: {
      200: { description: 'The share from now on.', schema: schemas.tenantShare, example },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
