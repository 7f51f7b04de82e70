import { useOperatorApi } from '../../api/clients.ts';
import {
  type Column,
  CopyableId,
  DataTable,
  EmptyState,
  PageHeader,
  Timestamp,
  useRows,
  useTableState,
} from '../../components/index.ts';
import type { ListedCase } from '../../moderation/cases.ts';
import { TakeDown } from './take-down.tsx';

const COLUMNS: readonly Column<ListedCase>[] = [
  {
    id: 'openedAt',
    header: 'Case opened',
    cell: ({ openedAt }) => <Timestamp at={openedAt} />,
    sortBy: ({ openedAt }) => openedAt,
  },
  {
    id: 'decidedAt',
    header: 'Taken down',
    cell: ({ decidedAt }) => <Timestamp at={decidedAt} />,
    sortBy: ({ decidedAt }) => decidedAt,
  },
  {
    id: 'generationId',
    header: 'Generation',
    cell: ({ generationId }) => <CopyableId id={generationId} />,
  },
  { id: 'tenantId', header: 'Tenant', cell: ({ tenantId }) => <CopyableId id={tenantId} /> },
  {
    id: 'reason',
    header: 'Reason',
    cell: ({ reason }) => reason?.replaceAll('_', ' ') ?? '–',
    sortBy: ({ reason }) => reason,
  },
  { id: 'note', header: 'Note', cell: ({ decisionNote }) => decisionNote ?? '–' },
  {
    id: 'decidedBy',
    header: 'By',
    cell: ({ decidedBy }) => decidedBy ?? '–',
    sortBy: ({ decidedBy }) => decidedBy,
  },
  {
    id: 'id',
    header: 'Case',
    cell: ({ id }) => <CopyableId id={id} to={`/moderation/cases/${id}`} />,
  },
];

export function TakedownsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['moderation', 'takedowns'],
    state,
    fetch: (query) => api.GET('/admin/v1/moderation/takedowns', { params: { query } }),
    sorts: ['-openedAt'],
    rowsOf: ({ takedowns }) => takedowns,
  });
  return (
    <>
      <PageHeader
        title="Takedowns"
        description="What was delivered and is erased. Amounts stay in the books: a takedown refunds nothing."
        actions={<TakeDown />}
      />
      <DataTable
        caption="Takedowns"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        empty={
          <EmptyState title="Nothing was taken down">
            Take something down by the id of its generation, or open a case first to look at it.
          </EmptyState>
        }
      />
    </>
  );
}
