import { useQuery } from '@tanstack/react-query';
import { type Api, answerOf, useOperatorApi } from '../../api/clients.ts';
import { isBalanced } from '../../finance/sums.ts';

export interface ClosingCheck {
  readonly passes: boolean;
  readonly text: string;
}

async function balanceCheck(api: Api): Promise<ClosingCheck> {
  const balance = await answerOf(api.GET('/admin/v1/ledger/trial-balance'));
  const passes = isBalanced(balance);
  return {
    passes,
    text: passes
      ? `All accounts of ${balance.tenants} tenants sum to zero.`
      : 'The accounts do not sum to zero: look at the findings.',
  };
}

async function findingsCheck(api: Api): Promise<ClosingCheck> {
  const query = { state: 'open', limit: 100 } as const;
  const { findings, nextCursor } = await answerOf(
    api.GET('/admin/v1/ledger/findings', { params: { query } }),
  );
  const count = `${findings.length}${nextCursor === null ? '' : ' or more'}`;
  return {
    passes: findings.length === 0,
    text:
      findings.length === 0 ? 'No finding is open.' : `Open findings: ${count}. Clear them first.`,
  };
}

async function revenueCheck(api: Api, month: string): Promise<ClosingCheck> {
  const query = { month };
  const { rows } = await answerOf(api.GET('/admin/v1/ledger/revenue', { params: { query } }));
  return { passes: true, text: `The month has ${rows.length} rows of revenue.` };
}

/** What has to be in order before a month is closed, looked at anew each time it is asked for. */
export function useClosingChecks(month: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ['ledger', 'closing-checks', month],
    queryFn: () => Promise.all([balanceCheck(api), findingsCheck(api), revenueCheck(api, month)]),
    staleTime: 0,
    gcTime: 0,
  });
}
