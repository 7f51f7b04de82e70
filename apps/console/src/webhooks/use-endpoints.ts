import { useQuery } from '@tanstack/react-query';
import { answerOf, useTenantApi } from '../api/clients.ts';
import { useTenantId } from '../session/use-tenant.ts';

export const endpointsKey = (tenantId: string) => ['webhook-endpoints', tenantId] as const;
export const messagesKey = (tenantId: string) => ['webhook-messages', tenantId] as const;

/** All endpoints of the tenant. */
export function useEndpoints() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: endpointsKey(tenantId),
    queryFn: async () => (await answerOf(api.GET('/v1/webhook-endpoints'))).endpoints,
    refetchInterval: 10_000,
  });
}

export function useEndpoint(id: string) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: [...endpointsKey(tenantId), id],
    queryFn: () => answerOf(api.GET('/v1/webhook-endpoints/{id}', { params: { path: { id } } })),
    refetchInterval: 10_000,
  });
}
