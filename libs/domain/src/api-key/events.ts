import type { DomainFact } from '../shared/decider.js';

export const apiKeyScopes = [
  'generations:write',
  'generations:read',
  'balance:read',
  'ledger:read',
  'top_ups:write',
  'end_users:read',
  'end_users:write',
  'events:read',
  'webhooks:read',
  'webhooks:write',
  'keys:read',
  'keys:write',
  'members:read',
  'members:write',
] as const;

export type ApiKeyScope = (typeof apiKeyScopes)[number];

/** Of a key that names none: all but the one that lets more people in. */
export const defaultApiKeyScopes: readonly ApiKeyScope[] = apiKeyScopes.filter(
  (scope) => scope !== 'members:write',
);

export type ApiKeyIssued = DomainFact<
  'ApiKeyIssued',
  {
    readonly tenantId: string;
    readonly name: string;
    /** What a list may show of the key: its first characters, never enough to use it. */
    readonly prefix: string;
    /** HMAC-SHA256 of the whole key with the operator's pepper, hex. The key itself is stored nowhere. */
    readonly hash: string;
    readonly scopes: readonly ApiKeyScope[];
    /** Aliases of the models that it may use; null for all. */
    readonly models: readonly string[] | null;
    /** ISO 8601, null when it never expires. */
    readonly expiresAt: string | null;
    readonly requestsPerMinute: number;
  }
>;

/** A successor took over; this key works on until `validUntil` (ISO 8601). */
export type ApiKeyRotated = DomainFact<
  'ApiKeyRotated',
  { readonly successorId: string; readonly validUntil: string }
>;

export type ApiKeyRevoked = DomainFact<'ApiKeyRevoked', { readonly reason: string }>;

export type ApiKeyEvent = ApiKeyIssued | ApiKeyRotated | ApiKeyRevoked;
