import { count, list, object, orNull, text } from './schema.js';

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

export const budget = object('What may be spent, and what was.', {
  perDay: orNull(count('Tokens that may be spent on one day of UTC; null is no cap.')),
  perMonth: orNull(count('Tokens that may be spent in one month of UTC; null is no cap.')),
  total: orNull(count('Tokens that may be spent altogether; null is no cap.')),
  spent: object('Held or captured, and neither released nor refunded, since the budget was set.', {
    today: count('Tokens on the present day of UTC.'),
    thisMonth: count('Tokens in the present month of UTC.'),
    total: count('Tokens altogether.'),
  }),
});
