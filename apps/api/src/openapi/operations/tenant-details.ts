import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/tenant-details.js';

const tag = 'Tenants';
const euros = (minorUnits: string) => ({ currency: 'EUR', minorUnits });

export const tenantDetailsOperations = {
  get: {
    id: 'getTenant',
    tag,
    summary: 'Show a tenant',
    answers: {
      200: {
        description: 'It.',
        schema: schemas.tenantDetails,
        example: {
          ...{ id: 'studio', name: 'Studio', createdAt: '2026-11-20T09:00:00.000Z' },
          ...{ state: 'active', frozenReason: null, frozenSince: null, tier: 'volume' },
          share: { weight: 1, cap: null, priority: 0 },
          balance: { available: '990', held: '10', purchased: '0', promotional: '990' },
          keys: { active: 1, total: 2 },
          lastActivityAt: '2026-11-20T09:30:00.000Z',
        },
      },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;

export const priceBookOperations = {
  read: {
    id: 'getPriceBook',
    tag,
    summary: 'Show what is sold, and for how much',
    description: 'As the operator’s files of models and packages have it now.',
    answers: {
      200: {
        description: 'The prices.',
        schema: schemas.priceBook,
        example: {
          version: '2026-11',
          models: [
            {
              ...{ model: 'xSD4.5', kind: 'image', provider: 'simulator', enabled: true },
              ...{ dialects: null, tokensPerImage: { '2K': '10', '4K': '20' } },
              ...{ tokensByResolution: null, tokensPerClip: null, tokensPerSecond: null },
            },
          ],
          packagesVersion: '2026-11',
          packages: [
            {
              ...{ id: 'large', tokens: '10000', discount: { tier: 'volume', percent: 10 } },
              prices: [{ listPrice: euros('10000'), price: euros('9000') }],
            },
          ],
        },
      },
    },
  },
} satisfies Record<string, Operation>;
