import { count, list, object, text } from './schema.js';

const tierName = text('Name of the tier.', { examples: ['scale'] });
const times = count('What every limit is multiplied by.', { minimum: 1 });

export const tiers = object('The tiers that limits may have.', {
  version: text('Version of the file of rate limits.'),
  defaultTier: text('Tier of a tenant that has none.'),
  tiers: list(object('A tier.', { name: tierName, times }), 'In the order of the file.'),
});

export const tenantTier = object('The tier that applies.', {
  tenantId: text('Id of the tenant.', { examples: ['studio'] }),
  tier: tierName,
  times,
});
