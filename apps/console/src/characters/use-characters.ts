import { useQuery } from '@tanstack/react-query';
import { answerOf, useTenantApi } from '../api/clients.ts';
import type { components } from '../api/openapi.ts';
import { useTenantId } from '../session/use-tenant.ts';

export type Character = components['schemas']['Character'];

/** The newest hundred characters of the tenant, to choose from. @param isWanted false asks for nothing */
export function useCharacters(isWanted = true) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: ['characters', tenantId, 'choice'],
    queryFn: async () =>
      (await answerOf(api.GET('/v1/characters', { params: { query: { limit: 100 } } }))).characters,
    enabled: isWanted,
  });
}
