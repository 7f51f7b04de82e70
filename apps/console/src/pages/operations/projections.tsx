import { useQuery } from '@tanstack/react-query';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  PageLink,
  StatusBadge,
  Tokens,
  useTableState,
} from '../../components/index.ts';
import type { AnswerOf } from '../../operations/answers.ts';
import { lagColumns } from './lag-columns.tsx';

type Projection = AnswerOf<'/admin/v1/projections'>['projections'][number];

const rowsOf = ({ tables }: Projection) => tables.reduce((sum, { rows }) => sum + (rows ?? 0), 0);

const COLUMNS: readonly Column<Projection>[] = [
  {
    id: 'projection',
    header: 'Projection',
    cell: ({ projection }) => (
      <PageLink to="/operations/projections/$projection" params={{ projection }}>
        {projection}
      </PageLink>
    ),
    sortBy: ({ projection }) => projection,
  },
  ...lagColumns<Projection>(),
  {
    id: 'rows',
    header: 'Rows, about',
    align: 'right',
    cell: (projection) => <Tokens value={rowsOf(projection)} />,
    sortBy: rowsOf,
  },
  { id: 'categories', header: 'Reads', cell: ({ categories }) => categories.join(', ') },
  {
    id: 'beside',
    header: 'Beside it',
    cell: ({ beside, rebuild }) =>
      beside === null ? (
        'nothing'
      ) : (
        <StatusBadge
          status={rebuild?.state === 'running' ? 'being built' : beside.phase}
          color={beside.phase === 'ready' ? 'green' : 'blue'}
        />
      ),
    sortBy: ({ beside }) => beside?.phase,
  },
];

export function ProjectionsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['projections'],
    queryFn: () => answerOf(api.GET('/admin/v1/projections')),
    refetchInterval: 5_000,
  });
  return (
    <>
      <PageHeader
        title="Projections"
        description="What is read from events: how far each is, and making it anew beside the live one. Open one to rebuild, compare and switch."
      />
      <DataTable
        caption="Projections with their lag"
        columns={COLUMNS}
        rows={{ data: data && { rows: data.projections }, error, isFetching, refetch }}
        rowKey={({ projection }) => projection}
        state={state}
        empty={<EmptyState title="No projections" />}
      />
    </>
  );
}
