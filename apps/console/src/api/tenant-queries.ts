import { useQuery } from '@tanstack/react-query';
import { useTenantId } from '../session/use-tenant.ts';
import { answerOf, useTenantApi } from './clients.ts';

/** What the account of the tenant holds; asked for anew every few seconds while it is shown. */
export function useBalance() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: ['balance', tenantId],
    queryFn: () => answerOf(api.GET('/v1/balance')),
    refetchInterval: 10_000,
  });
}

/** Usage by day. @param from first day of UTC @param to day after the last one */
export function useUsageByDay(from: string, to: string) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: ['usage', tenantId, 'day', from, to],
    queryFn: async () => {
      const query = { groupBy: 'day', from, to, limit: 100 };
      return (await answerOf(api.GET('/v1/usage', { params: { query } }))).usage;
    },
    refetchInterval: 60_000,
  });
}

/** What waits or runs at present, newest first. */
export function useUnfinished() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: ['generations', tenantId, 'unfinished'],
    queryFn: async () => {
      const [processing, queued] = await Promise.all(
        (['processing', 'queued'] as const).map((status) =>
          answerOf(api.GET('/v1/generations', { params: { query: { status, limit: 10 } } })),
        ),
      );
      return [...(processing?.generations ?? []), ...(queued?.generations ?? [])];
    },
    refetchInterval: 5_000,
  });
}
