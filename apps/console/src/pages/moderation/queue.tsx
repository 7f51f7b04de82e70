import { SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  DataTable,
  EmptyState,
  type Filter,
  PageHeader,
  StatTile,
  useRows,
  useTableState,
} from '../../components/index.ts';
import { caseQuery } from '../../moderation/cases.ts';
import { CASE_COLUMNS } from './case-columns.tsx';
import { OpenReport } from './open-report.tsx';

const FILTERS: readonly Filter[] = [
  {
    id: 'state',
    label: 'State',
    kind: 'choice',
    options: ['open', 'decided', 'all'],
  },
  { id: 'kind', label: 'Kind', kind: 'choice', options: ['input', 'output', 'report'] },
  {
    id: 'grounds',
    label: 'Why',
    kind: 'choice',
    options: ['review', 'known_file', 'minors', 'report'],
  },
  { id: 'category', label: 'Category', kind: 'text', placeholder: 'violence' },
  { id: 'tenantId', label: 'Tenant', kind: 'text', placeholder: 'Id of a tenant' },
  { id: 'from', label: 'Opened since', kind: 'day' },
  { id: 'to', label: 'Opened before', kind: 'day' },
];

const DUE_FIRST = ['dueAt', '-openedAt'];
const NEWEST_FIRST = ['-openedAt', 'dueAt'];

function Counts() {
  const api = useOperatorApi();
  const { data } = useQuery({
    queryKey: ['moderation', 'counts'],
    queryFn: () =>
      answerOf(api.GET('/admin/v1/moderation/cases', { params: { query: { limit: 1 } } })),
    refetchInterval: 15_000,
  });
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} mb="md">
      <StatTile label="To decide" value={data?.counts.open ?? '–'} />
      <StatTile label="Overdue" value={data?.counts.overdue ?? '–'} />
    </SimpleGrid>
  );
}

export function QueuePage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['moderation', 'cases'],
    state,
    fetch: (filters: Readonly<Record<string, string>>) =>
      api.GET('/admin/v1/moderation/cases', { params: { query: caseQuery(filters) } }),
    sorts:
      state.filters.state === undefined || state.filters.state === 'open'
        ? DUE_FIRST
        : NEWEST_FIRST,
    rowsOf: ({ cases }) => cases,
    refetchInterval: 15_000,
  });
  return (
    <>
      <PageHeader
        title="Moderation queue"
        description="What a person has to look at, what is due first on top. Pictures are blurred; every look at one as it is goes on record with your name."
      />
      <Counts />
      <DataTable
        caption="Moderation cases"
        columns={CASE_COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        filters={FILTERS}
        actions={<OpenReport />}
        empty={
          <EmptyState title="No case is here">
            Cases come here when an output is withheld for review, a known file turns up, a prompt
            implies a minor, or somebody opens one for what was delivered.
          </EmptyState>
        }
      />
    </>
  );
}
