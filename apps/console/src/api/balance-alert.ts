import { useQuery } from '@tanstack/react-query';
import { useTenantId } from '../session/use-tenant.ts';
import { ApiError } from './api-error.ts';
import { answerOf, useTenantApi } from './clients.ts';
import type { components } from './openapi.ts';

export type BalanceAlert = components['schemas']['BalanceAlert'];

export const balanceAlertKey = (tenantId: string) => ['balance-alert', tenantId] as const;

/** Of whoever has none, which the API answers with 404. @throws the error when it is another one */
function noAlert(error: unknown): null {
  if (error instanceof ApiError && error.status === 404) return null;
  throw error;
}

/** Below how many tokens the tenant wants to hear of it; `alert` is null where it does not. */
export function useBalanceAlert() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: balanceAlertKey(tenantId),
    queryFn: async (): Promise<{ readonly alert: BalanceAlert | null }> => ({
      alert: await answerOf(api.GET('/v1/balance/alert')).catch(noAlert),
    }),
  });
}
