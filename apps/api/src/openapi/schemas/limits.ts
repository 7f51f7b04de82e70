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

const weight = {
  type: 'number',
  minimum: 0.001,
  maximum: 1000,
  description: 'Of two tenants that wait, the one of twice the weight gets twice the GPU time.',
} as const;
const cap = orNull(count('Most jobs at once; null is no cap.', { minimum: 1 }));
const priority = count('How much of its work may go first, 0 to 9.', { maximum: 9 });

export const tenantShare = object('What the tenant gets of the workers.', {
  tenantId: text('Id of the tenant.', { examples: ['studio'] }),
  weight,
  cap,
  priority,
  assigned: object('What was assigned to the tenant itself; null is left to its tier.', {
    weight: orNull(weight),
    cap,
    priority: orNull(priority),
  }),
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
