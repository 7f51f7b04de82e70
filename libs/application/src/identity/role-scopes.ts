import { type ApiKeyScope, apiKeyScopes, type TenantRole } from '@imprest/domain';

const reading: readonly ApiKeyScope[] = [
  'generations:read',
  'balance:read',
  'end_users:read',
  'events:read',
  'webhooks:read',
  'keys:read',
  'members:read',
];

const scopes: Readonly<Record<TenantRole, ReadonlySet<ApiKeyScope>>> = {
  owner: new Set(apiKeyScopes),
  developer: new Set([
    ...reading,
    'ledger:read',
    'generations:write',
    'end_users:write',
    'webhooks:write',
    'keys:write',
  ]),
  finance: new Set(['balance:read', 'ledger:read', 'top_ups:write', 'keys:read', 'members:read']),
  viewer: new Set(reading),
};

/** What a member may do for a tenant, in the words of its API. */
export const scopesOfRole = (role: TenantRole): ReadonlySet<ApiKeyScope> => scopes[role];
