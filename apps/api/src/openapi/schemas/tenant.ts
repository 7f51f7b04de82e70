import { apiKeyScopes } from '@imprest/domain';
import { count, list, object, oneOf, orNull, page, text, timestamp } from './schema.js';

const tenantId = text('Id of the tenant.', { examples: ['studio'] });
const webhookSecret = text('Signs every webhook of the tenant. Shown this once.', {
  pattern: '^whsec_',
});
const previousValidUntil = timestamp('Until when the old one goes on working.');

export const createdTenant = object('The tenant and its account are there.', {
  tenantId,
  webhookSecret,
});

const tenant = object('A tenant.', {
  id: tenantId,
  name: text('Name of the tenant.'),
  createdAt: timestamp('When it was created.'),
});

export const tenantPage = page('tenants', tenant, 'Tenants, newest first.');

const keyId = text('Id of the key; not secret.');
const prefix = text('The first characters of the key, to tell keys apart; not secret.');

const issued = {
  key: text('The key itself. Shown this once.', { pattern: '^imp_(live|test)_' }),
  id: keyId,
  prefix,
};

export const issuedKey = object('A new key.', issued);

export const rotatedKey = object('The successor has the same terms.', {
  ...issued,
  previousValidUntil,
});

export const apiKey = object('A key, without the key itself.', {
  id: keyId,
  tenantId,
  name: text('Name of the key.'),
  prefix,
  scopes: list(oneOf(apiKeyScopes, 'A scope.'), 'What the key may do.'),
  models: orNull(list(text('Alias of a model.'), 'What it may use; null for every model.')),
  requestsPerMinute: count(
    'Requests a minute on the base tier, in each bucket: images, video, polling.',
  ),
  createdAt: timestamp('When it was issued.'),
  expiresAt: orNull(timestamp('When it expires; null when it never does.')),
  rotatedTo: orNull(text('Id of its successor.')),
  validUntil: orNull(timestamp('Its expiry or the end of its overlap, whichever is earlier.')),
  revokedAt: orNull(timestamp('When it was revoked.')),
  revokedReason: orNull(text('Why it was revoked.')),
  lastUsedAt: orNull(timestamp('Latest use, a few seconds late.')),
  requests: text('Requests made with it as a decimal string, a few seconds late.', {
    pattern: '^[0-9]+$',
  }),
});

export const apiKeyPage = page('keys', apiKey, 'Keys, newest first, revoked ones among them.');

export const grant = object('The lot on the account.', {
  grantId: text('Id of the lot.'),
  tokens: count('Tokens granted.', { minimum: 1 }),
  reason: text('The reason on record.'),
  expiresAt: orNull(timestamp('When the tokens expire; null when they never do.')),
});

export const rotatedSecret = object('Deliveries are signed with both secrets until then.', {
  webhookSecret,
  previousValidUntil,
});
