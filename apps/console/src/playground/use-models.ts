import { useQuery } from '@tanstack/react-query';
import { answerOf, useTenantApi } from '../api/clients.ts';
import { useTenantId } from '../session/use-tenant.ts';
import type { DialectName } from './dialects.ts';

/** Models that the tenant can ask for: in one dialect, or in the native one and OpenAI's. */
export function useModels(dialect?: DialectName) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: ['models', tenantId, dialect ?? 'all'],
    queryFn: async () => {
      const query = dialect === undefined ? {} : { dialect };
      return (await answerOf(api.GET('/v1/models', { params: { query } }))).data;
    },
    staleTime: 60_000,
  });
}
