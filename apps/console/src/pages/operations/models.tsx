import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  PageLink,
  StatusBadge,
  Timestamp,
  useTableState,
} from '../../components/index.ts';
import { formatDuration } from '../../format/time.ts';
import { type ModelState, withBreakers } from '../../operations/models.ts';
import { CloseBreaker } from './close-breaker.tsx';

const count = (
  id: 'ready' | 'leased' | 'serving' | 'loaded' | 'idle' | 'desired',
  header: string,
): Column<ModelState> => ({
  id,
  header,
  align: 'right',
  cell: (model) => model[id],
  sortBy: (model) => model[id],
});

function Breaker({ breaker }: Pick<ModelState, 'breaker'>) {
  if (breaker === null || breaker.status === 'closed') return <StatusBadge status="closed" />;
  return (
    <Stack gap={2} align="flex-start">
      <StatusBadge
        status={breaker.status === 'open' ? 'open' : 'half open'}
        color={breaker.status === 'open' ? 'red' : 'yellow'}
      />
      <Text size="xs">{breaker.reason}</Text>
      {breaker.probeAt && (
        <Text size="xs" c="dimmed">
          one job is tried from <Timestamp at={breaker.probeAt} />
        </Text>
      )}
    </Stack>
  );
}

const COLUMNS: readonly Column<ModelState>[] = [
  {
    id: 'model',
    header: 'Model',
    cell: ({ model }) => (
      <PageLink to="/operations/workers" search={{ model }}>
        {model}
      </PageLink>
    ),
    sortBy: ({ model }) => model,
  },
  { id: 'breaker', header: 'Breaker', cell: ({ breaker }) => <Breaker breaker={breaker} /> },
  count('ready', 'Waiting'),
  {
    id: 'oldest',
    header: 'Oldest waits',
    align: 'right',
    cell: ({ ready, oldestReadySeconds }) =>
      ready === 0 ? '–' : formatDuration(oldestReadySeconds * 1000),
    sortBy: ({ oldestReadySeconds }) => oldestReadySeconds,
  },
  {
    id: 'gpu',
    header: 'GPU time to do',
    align: 'right',
    cell: ({ waitingGpuMs }) => (waitingGpuMs === 0 ? '–' : formatDuration(waitingGpuMs)),
    sortBy: ({ waitingGpuMs }) => waitingGpuMs,
  },
  count('leased', 'Under way'),
  count('serving', 'Workers'),
  count('loaded', 'Loaded'),
  count('idle', 'Idle'),
  count('desired', 'Wanted'),
  { id: 'actions', header: 'Actions', cell: (model) => <CloseBreaker model={model} /> },
];

export function ModelsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['models'],
    queryFn: async () => {
      const [scaling, { breakers }] = await Promise.all([
        answerOf(api.GET('/admin/v1/scaling')),
        answerOf(api.GET('/admin/v1/model-breakers')),
      ]);
      return { rows: withBreakers(scaling.models, breakers), within: scaling.targetWaitSeconds };
    },
    refetchInterval: 5_000,
  });
  return (
    <>
      <PageHeader
        title="Models"
        description={
          data
            ? `What waits for each model, and how many workers should have it loaded for nothing to wait longer than ${formatDuration(data.within * 1000)}. A model that fails too often gets no work until one job has shown that it works.`
            : 'What waits for each model, and whether its breaker is open.'
        }
      />
      <DataTable
        caption="Models with their queues, workers and breakers"
        columns={COLUMNS}
        rows={{ data, error, isFetching, refetch }}
        rowKey={({ model }) => model}
        state={state}
        empty={<EmptyState title="No models">The catalogue of models is empty.</EmptyState>}
      />
    </>
  );
}
