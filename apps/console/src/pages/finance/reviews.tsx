import { Text } from '@mantine/core';
import { useOperatorApi } from '../../api/clients.ts';
import {
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  StatusBadge,
  useRows,
  useTableState,
} from '../../components/index.ts';
import { reviewCause } from '../../finance/review-causes.ts';
import { TOP_UP_COLUMNS, type TopUp } from './top-up-columns.tsx';

const COLUMNS: readonly Column<TopUp>[] = [
  ...TOP_UP_COLUMNS.filter(({ id }) => id !== 'status'),
  {
    id: 'cause',
    header: 'Why it waits',
    cell: ({ review }) => review && reviewCause(review.cause),
    sortBy: ({ review }) => review?.cause,
  },
  {
    id: 'proposal',
    header: 'Proposed',
    cell: ({ review }) =>
      review?.proposal ? (
        <StatusBadge status={`by ${review.proposal.operator}`} color="blue" />
      ) : (
        <Text span size="sm" c="dimmed">
          no
        </Text>
      ),
  },
];

export function ReviewsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['top-ups', 'under-review'],
    state,
    fetch: (query) => api.GET('/admin/v1/top-ups/under-review', { params: { query } }),
    sorts: ['createdAt'],
    rowsOf: ({ topUps }) => topUps,
    refetchInterval: 15_000,
  });
  return (
    <>
      <PageHeader
        title="Review queue"
        description="Payments that no rule can credit, the longest waiting first. Open one to credit or refuse it."
      />
      <DataTable
        caption="Payments under review"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        empty={
          <EmptyState title="Nothing to decide">
            Payments that differ from their order come here.
          </EmptyState>
        }
      />
    </>
  );
}
