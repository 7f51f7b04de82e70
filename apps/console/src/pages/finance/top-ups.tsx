import { useOperatorApi } from '../../api/clients.ts';
import {
  DataTable,
  EmptyState,
  PageHeader,
  PageLink,
  useRows,
  useTableState,
} from '../../components/index.ts';
import { TENANT_FILTER } from './filters.ts';
import { CREDITED_COLUMN, TOP_UP_COLUMNS } from './top-up-columns.tsx';

const STATUSES = [
  'requested',
  'open',
  'pending',
  'under_review',
  'confirmed',
  'credited',
  'refused',
  'expired',
  'failed',
  'refunded',
  'disputed',
  'charged_back',
] as const;

export function TopUpsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['top-ups'],
    state,
    fetch: (query) => api.GET('/admin/v1/top-ups', { params: { query } }),
    sorts: ['-createdAt'],
    rowsOf: ({ topUps }) => topUps,
  });
  return (
    <>
      <PageHeader
        title="Top-ups"
        description="Orders of tokens by all tenants, and what became of the payments. Open one to record its payment, decide on it or send money back."
      />
      <DataTable
        caption="Top-ups of all tenants"
        columns={[...TOP_UP_COLUMNS, CREDITED_COLUMN]}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        filters={[
          TENANT_FILTER,
          {
            id: 'status',
            label: 'Status',
            kind: 'choice',
            options: STATUSES.map((value) => ({ value, label: value.replaceAll('_', ' ') })),
          },
          { id: 'provider', label: 'Provider', kind: 'text', placeholder: 'manual' },
          { id: 'from', label: 'From', kind: 'day' },
          { id: 'to', label: 'Before', kind: 'day' },
        ]}
        empty={
          <EmptyState title="No top-up fits">
            Clear a filter, or credit a payment that came without an order by a{' '}
            <PageLink to="/finance/manual-credit">manual credit</PageLink>.
          </EmptyState>
        }
      />
    </>
  );
}
