import { money } from './account.js';
import { amount, count, flag, list, object, oneOf, orNull, text, timestamp } from './schema.js';

export const tenantDetails = object('A tenant.', {
  id: text('Id of the tenant.'),
  name: text('Name of the tenant.'),
  createdAt: timestamp('When it was created.'),
  state: oneOf(['active', 'frozen'], 'Of its account.'),
  frozenReason: orNull(text('Why it is frozen.')),
  frozenSince: orNull(timestamp('Since when it is frozen.')),
  tier: orNull(text('The tier it was given; null for the default one.')),
  share: object('What it gets of the workers.', {
    weight: {
      type: 'number',
      description: 'Of two that wait, twice the weight gets twice as much.',
    },
    cap: orNull(count('Most jobs at once; null is no limit.', { minimum: 1 })),
    priority: count('0 to 9.'),
  }),
  balance: object('Its tokens, a moment behind.', {
    available: amount('Can be spent.'),
    held: amount('Held for open generations.'),
    purchased: amount('Of what can be spent, bought.'),
    promotional: amount('Of what can be spent, granted.'),
  }),
  keys: object('Its keys.', {
    active: count('Neither revoked nor expired.'),
    total: count('All.'),
  }),
  lastActivityAt: orNull(timestamp('When it last asked for a generation.')),
});

const tokensBy = (description: string) =>
  orNull({ type: 'object', description, additionalProperties: amount('Price.') });

const model = object('A model.', {
  model: text('Alias of the model.'),
  kind: oneOf(['image', 'video'], 'What it makes.'),
  provider: text('Who renders it.'),
  enabled: flag('False when switched off.'),
  dialects: orNull(list(text('A dialect.'), 'Dialects that sell it; null for all.')),
  tokensPerImage: tokensBy('By size class; null for a video model.'),
  tokensByResolution: orNull({
    type: 'object',
    description: 'By resolution and quality; null where these change nothing.',
    additionalProperties: { type: 'object', additionalProperties: amount('Price.') },
  }),
  tokensPerClip: orNull(amount('Of a clip, however long; null when it is not sold so.')),
  tokensPerSecond: orNull(amount('Of a second of a clip; null when it is not sold so.')),
});

const topUpPackage = object('A package of tokens.', {
  id: text('Id of the package.'),
  tokens: amount('In it.'),
  discount: orNull(
    object('What is off the list price.', {
      tier: text('Name of the discount.'),
      percent: count('Whole percent.'),
    }),
  ),
  prices: list(
    object('In one currency.', { listPrice: money, price: money }),
    'One for each currency it is sold in.',
  ),
});

export const priceBook = object('What is sold, and for how much.', {
  version: text('Of the prices of models.'),
  models: list(model, 'All models, in the order of the file.'),
  packagesVersion: text('Of the packages.'),
  packages: list(topUpPackage, 'All packages.'),
});
