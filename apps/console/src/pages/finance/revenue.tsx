import { Title } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { type Api, answerOf, OPERATOR_BASE, useOperatorApi } from '../../api/clients.ts';
import {
  DataTable,
  DayChart,
  DownloadLink,
  EmptyState,
  PageHeader,
  StatusBadge,
  useTableState,
} from '../../components/index.ts';
import { isMonth, monthOf, monthsUpTo } from '../../finance/months.ts';
import { currenciesOf, earnedByMonth, type Revenue } from '../../finance/revenue.ts';
import { TENANT_FILTER } from './filters.ts';
import { REVENUE_COLUMNS } from './revenue-columns.tsx';

const MONTHS_SHOWN = 12;
const CLOSED_STAY = 3_600_000;
const COLORS = ['indigo.6', 'teal.6', 'orange.6', 'grape.6'];

function revenueQuery(api: Api, month: string, tenantId: string | undefined) {
  const query = tenantId === undefined ? { month } : { month, tenantId };
  return {
    queryKey: ['ledger', 'revenue', query],
    queryFn: () => answerOf(api.GET('/admin/v1/ledger/revenue', { params: { query } })),
    staleTime: ({ state }: { state: { data?: Revenue } }) =>
      state.data?.closed ? CLOSED_STAY : 5_000,
  };
}

/** What was earned, less what was given back, in each of the last twelve months. */
function RevenueChart({ upTo, tenantId }: { upTo: string; tenantId: string | undefined }) {
  const api = useOperatorApi();
  const months = useQueries({
    queries: monthsUpTo(upTo, MONTHS_SHOWN).map((month) => revenueQuery(api, month, tenantId)),
  });
  const known = months.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const currencies = currenciesOf(known);
  if (currencies.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="sm">
        Earned by month
      </Title>
      <DayChart
        kind="bar"
        label={`Revenue of ${MONTHS_SHOWN} months up to ${upTo}, by currency`}
        days={earnedByMonth(known)}
        series={currencies.map((name, index) => ({
          name,
          label: name,
          color: COLORS[index % COLORS.length] ?? 'gray.6',
        }))}
      />
    </section>
  );
}

export function RevenuePage() {
  const api = useOperatorApi();
  const state = useTableState();
  const { month: chosen, tenantId } = state.filters;
  const month = isMonth(chosen) ? chosen : monthOf(new Date());
  const { data, error, isFetching, refetch } = useQuery(revenueQuery(api, month, tenantId));
  return (
    <>
      <PageHeader
        title="Revenue"
        description={`Deferred revenue at the beginning of ${month}, what the month did to it, and what is left at its end.`}
        aside={data && <StatusBadge status={data.closed ? 'closed' : 'open'} />}
        actions={
          <DownloadLink
            path={`${OPERATOR_BASE}/admin/v1/ledger/revenue`}
            query={{ month, tenantId, format: 'csv' }}
          >
            CSV
          </DownloadLink>
        }
      />
      <DataTable
        caption={`Revenue of ${month} by tenant and currency`}
        columns={REVENUE_COLUMNS}
        rows={{ data: data && { rows: data.rows }, error, isFetching, refetch }}
        rowKey={(row) => `${row.tenantId} ${row.currency}`}
        state={state}
        filters={[{ id: 'month', label: 'Month', kind: 'month' }, TENANT_FILTER]}
        empty={
          <EmptyState title={`Nothing in ${month}`}>
            Choose another month, or another tenant.
          </EmptyState>
        }
      />
      <div style={{ marginTop: 32 }}>
        <RevenueChart upTo={month} tenantId={tenantId} />
      </div>
    </>
  );
}
