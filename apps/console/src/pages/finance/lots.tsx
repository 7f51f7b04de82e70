import { useQuery } from '@tanstack/react-query';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  PageLink,
  useTableState,
} from '../../components/index.ts';
import { type Lot, lotColumns } from '../../components/lot-columns.tsx';
import { isOpen } from '../../finance/lots.ts';
import { TENANT_FILTER } from './filters.ts';

const columnsOf = (tenantId: string): Column<Lot>[] => [
  ...lotColumns,
  {
    id: 'entries',
    header: 'Entries',
    cell: ({ lotId }) => (
      <PageLink to="/finance/entries" search={{ tenantId, lotId }}>
        Entries
      </PageLink>
    ),
  },
];

/** The whole list comes at once; what is shown of it is chosen here. */
export function LotsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const { tenantId, show } = state.filters;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['ledger', 'lots', tenantId],
    queryFn: () => {
      const query = { tenantId: tenantId ?? '' };
      return answerOf(api.GET('/admin/v1/ledger/lots', { params: { query } }));
    },
    enabled: tenantId !== undefined,
  });
  const lots = data?.lots.filter((lot) => show === 'all' || isOpen(lot));
  const rows = tenantId === undefined ? [] : lots;
  return (
    <>
      <PageHeader
        title="Lots"
        description="What a tenant bought or was granted, and where its tokens are. Open lots still have tokens to spend, or held ones."
      />
      <DataTable
        caption="Lots of a tenant"
        columns={columnsOf(tenantId ?? '')}
        rows={{ data: rows && { rows }, error, isFetching, refetch }}
        rowKey={({ lotId }) => lotId}
        state={state}
        filters={[
          TENANT_FILTER,
          {
            id: 'show',
            label: 'Show',
            kind: 'choice',
            otherwise: 'Open lots',
            options: [{ value: 'all', label: 'All lots' }],
          },
        ]}
        empty={
          tenantId === undefined ? (
            <EmptyState title="Whose lots?">Name a tenant above.</EmptyState>
          ) : (
            <EmptyState title="No open lot">
              Show all lots to see those that are used up.
            </EmptyState>
          )
        }
      />
    </>
  );
}
