import { apiKeyScopes, type SealedSecret } from '@imprest/domain';
import type { JsonObject } from '../envelope.js';
import { type EventOf, firstVersion } from '../event-definition.js';
import { integer, list, nullable, number, object, oneOf, string, timestamp } from '../schema.js';

const sealedSecret = object<SealedSecret>({ sealed: string(), dataKeyId: string() });

export const tenantEvents = {
  TenantCreated: firstVersion(
    'tenant',
    object<EventOf<'TenantCreated'>['data']>({ name: string(), webhookSecret: sealedSecret }),
  ),
  WebhookSecretRotated: firstVersion(
    'tenant',
    object<EventOf<'WebhookSecretRotated'>['data']>({
      webhookSecret: sealedSecret,
      previousValidUntil: timestamp(),
    }),
  ),
  TierAssigned: firstVersion('tenant', object<EventOf<'TierAssigned'>['data']>({ tier: string() })),
  ShareAssigned: firstVersion(
    'tenant',
    object<EventOf<'ShareAssigned'>['data']>({
      weight: nullable(number()),
      cap: nullable(integer()),
      priority: nullable(integer()),
    }),
  ),
};

export const apiKeyEvents = {
  ApiKeyIssued: {
    category: 'apiKey',
    version: 5,
    schema: object<EventOf<'ApiKeyIssued'>['data']>({
      tenantId: string(),
      name: string(),
      prefix: string(),
      hash: string(),
      scopes: list(oneOf(...apiKeyScopes)),
      models: nullable(list(string())),
      expiresAt: nullable(timestamp()),
      requestsPerMinute: integer(),
    }),
    upcasters: [
      // Version 2 knows the scope top_ups:write; a key of before has it not.
      (data: JsonObject) => data,
      // A key of before may use every model.
      (data: JsonObject) => ({ ...data, models: null }),
      // Version 4 knows the scopes events:read and webhooks:read; a key of before has neither.
      (data: JsonObject) => data,
      // Version 5 knows the scopes keys:read, members:read and members:write; a key of before has none of them.
      (data: JsonObject) => data,
    ],
  },
  ApiKeyRotated: firstVersion(
    'apiKey',
    object<EventOf<'ApiKeyRotated'>['data']>({ successorId: string(), validUntil: timestamp() }),
  ),
  ApiKeyRevoked: firstVersion(
    'apiKey',
    object<EventOf<'ApiKeyRevoked'>['data']>({ reason: string() }),
  ),
};

export const endUserEvents = {
  EndUserRegistered: firstVersion(
    'endUser',
    object<EventOf<'EndUserRegistered'>['data']>({
      tenantId: string(),
      confidential: string(),
      dataKeyId: string(),
    }),
  ),
  EndUserBlocked: {
    category: 'endUser',
    version: 2,
    schema: object<EventOf<'EndUserBlocked'>['data']>({
      reason: string(),
      caseId: nullable(string()),
    }),
    // Before there were moderation cases, tenants alone blocked.
    upcasters: [(data: JsonObject) => ({ ...data, caseId: null })],
  },
  EndUserUnblocked: {
    category: 'endUser',
    version: 2,
    schema: object<EventOf<'EndUserUnblocked'>['data']>({
      reason: string(),
      caseId: nullable(string()),
      stillBlocked: nullable(string()),
    }),
    upcasters: [(data: JsonObject) => ({ ...data, caseId: null, stillBlocked: null })],
  },
  EndUserPromptRefused: firstVersion(
    'endUser',
    object<EventOf<'EndUserPromptRefused'>['data']>({ category: string(), reviewer: string() }),
  ),
  EndUserErased: firstVersion(
    'endUser',
    object<EventOf<'EndUserErased'>['data']>({ reason: string() }),
  ),
};
