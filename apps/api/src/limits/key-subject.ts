import type { ApiKeys } from '@imprest/application';

/** A key as the subject of a budget. @throws DomainFailure not_found */
export async function keySubject(keys: ApiKeys, tenantId: string, keyId: string) {
  await keys.own(tenantId, keyId);
  return { kind: 'apiKey', id: keyId } as const;
}
