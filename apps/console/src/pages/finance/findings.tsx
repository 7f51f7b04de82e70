import { Group } from '@mantine/core';
import { useOperatorApi } from '../../api/clients.ts';
import type { components } from '../../api/openapi.ts';
import {
  type Column,
  CopyableId,
  DataTable,
  EmptyState,
  PageHeader,
  proseColumn,
  StatusBadge,
  textColumn,
  timeColumn,
  useRows,
  useTableState,
} from '../../components/index.ts';

type Finding = components['schemas']['FindingPage']['findings'][number];

const COLUMNS: readonly Column<Finding>[] = [
  {
    id: 'state',
    header: 'State',
    cell: ({ resolvedAt }) =>
      resolvedAt === null ? (
        <StatusBadge status="open" color="red" />
      ) : (
        <StatusBadge status="resolved" />
      ),
  },
  timeColumn('openedAt', 'Found', ({ openedAt }) => openedAt),
  textColumn('check', 'Check', ({ check }) => check),
  textColumn('source', 'By', ({ source }) => source),
  proseColumn('message', 'What was found', ({ message }) => message),
  {
    id: 'subjects',
    header: 'Look at',
    cell: ({ subjects }) => (
      <Group gap="xs">
        {subjects.map(({ kind, id }) => (
          <span key={`${kind} ${id}`}>
            {kind} <CopyableId id={id} />
          </span>
        ))}
      </Group>
    ),
  },
  timeColumn('resolvedAt', 'Gone', ({ resolvedAt }) => resolvedAt),
];

export function FindingsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['ledger', 'findings'],
    state,
    fetch: (query) => api.GET('/admin/v1/ledger/findings', { params: { query } }),
    sorts: ['-openedAt'],
    rowsOf: ({ findings }) => findings,
    refetchInterval: 15_000,
  });
  return (
    <>
      <PageHeader
        title="Findings"
        description="What the watch of invariants, the reconciliation with work, assets and payments, and the nightly audit have found. A finding stays open until the breach is gone."
      />
      <DataTable
        caption="Findings of the checks of the books"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        filters={[
          { id: 'state', label: 'State', kind: 'choice', options: ['open', 'resolved'] },
          {
            id: 'source',
            label: 'Found by',
            kind: 'choice',
            options: ['invariant', 'reconciliation', 'audit'],
          },
          { id: 'check', label: 'Check', kind: 'text', placeholder: 'lotsAgainstBalances' },
        ]}
        empty={
          <EmptyState title="Nothing was found">
            The books are watched all the time; whatever is amiss appears here within seconds.
          </EmptyState>
        }
      />
    </>
  );
}
