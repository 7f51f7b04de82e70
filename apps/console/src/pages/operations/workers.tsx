import { Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  type Column,
  DataTable,
  EmptyState,
  idColumn,
  PageHeader,
  StatusBadge,
  timeColumn,
  useTableState,
} from '../../components/index.ts';
import { fits, type Worker } from '../../operations/workers.ts';
import { WorkerActions } from './worker-actions.tsx';

function Residency({ residency }: Pick<Worker, 'residency'>) {
  if (residency.length === 0) return <>–</>;
  return (
    <Stack gap={2}>
      {residency.map(({ provider, model, at }) => (
        <Text key={`${provider} ${model}`} size="sm" style={{ whiteSpace: 'nowrap' }}>
          {model}{' '}
          <Text span size="xs" c="dimmed">
            {at === 'loaded' ? 'on the GPU' : at === 'memory' ? 'in memory' : 'on disk'}
          </Text>
        </Text>
      ))}
    </Stack>
  );
}

function Labels({ labels }: Pick<Worker, 'labels'>) {
  return (
    <Group gap={4}>
      {Object.entries(labels).map(([name, value]) => (
        <Badge key={name} variant="default" tt="none" size="sm">
          {name}={value}
        </Badge>
      ))}
    </Group>
  );
}

const COLUMNS: readonly Column<Worker>[] = [
  idColumn('id', 'Worker', ({ id }) => id),
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => <StatusBadge status={state} />,
    sortBy: ({ state }) => state,
  },
  {
    id: 'slots',
    header: 'Slots in use',
    align: 'right',
    cell: ({ usedSlots, slots }) => `${usedSlots} of ${slots}`,
    sortBy: ({ usedSlots }) => usedSlots,
  },
  {
    id: 'models',
    header: 'Serves',
    cell: ({ models, providers }) =>
      models?.join(', ') ??
      (providers === null ? 'every model' : `models of ${providers.join(', ')}`),
  },
  { id: 'residency', header: 'Has', cell: ({ residency }) => <Residency residency={residency} /> },
  { id: 'labels', header: 'Labels', cell: ({ labels }) => <Labels labels={labels} /> },
  { id: 'version', header: 'Version', cell: ({ version }) => version ?? '–' },
  timeColumn('seenAt', 'Last beat', ({ seenAt }) => seenAt),
  { id: 'actions', header: 'Actions', cell: (worker) => <WorkerActions worker={worker} /> },
];

export function WorkersPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['workers'],
    queryFn: () => answerOf(api.GET('/admin/v1/workers')),
    refetchInterval: 5_000,
  });
  const rows = data?.workers.filter((worker) => fits(worker, state.filters));
  return (
    <>
      <PageHeader
        title="Workers"
        description="Workers that have registered. A cordoned one finishes what it has and gets nothing new; a draining one hears so too, to be taken away."
      />
      <DataTable
        caption="Registered workers"
        columns={COLUMNS}
        rows={{ data: rows && { rows }, error, isFetching, refetch }}
        rowKey={({ id }) => id}
        state={state}
        filters={[
          {
            id: 'state',
            label: 'State',
            kind: 'choice',
            options: ['active', 'cordoned', 'draining', 'gone'],
          },
          { id: 'model', label: 'Serves', kind: 'text', placeholder: 'Name of a model' },
        ]}
        empty={
          <EmptyState title="No worker fits">
            Start one with the worker key, or clear a filter. One that has never registered gets
            work all the same, and is not listed.
          </EmptyState>
        }
      />
    </>
  );
}
