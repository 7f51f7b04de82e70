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
  });
}

export function useEndpoint(id: string) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: [...endpointsKey(tenantId), id],
    queryFn: () => answerOf(api.GET('/v1/webhook-endpoints/{id}', { params: { path: { id } } })),
  });
}

const STRIP_LENGTH = 40;

/** The latest messages to an endpoint, newest first. */
export function useLatestMessages(endpointId: string) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: [...messagesKey(tenantId), 'latest', endpointId],
    queryFn: async () => {
      const params = { query: { endpointId, limit: STRIP_LENGTH } };
      return (await answerOf(api.GET('/v1/webhook-messages', { params }))).messages;
    },
    refetchInterval: 10_000,
  });
}
