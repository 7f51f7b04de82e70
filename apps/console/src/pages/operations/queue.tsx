import { Alert, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  amountColumn,
  type Column,
  CopyableId,
  DataTable,
  EmptyState,
  PageHeader,
  PageLink,
  StatusBadge,
  useTableState,
} from '../../components/index.ts';
import { formatDuration } from '../../format/time.ts';
import type { AnswerOf } from '../../operations/answers.ts';
import { formatRatio } from '../../operations/overview.ts';

type FairShare = AnswerOf<'/admin/v1/queue'>;
type TenantInQueue = FairShare['tenants'][number];

function ByModel({ models }: Pick<TenantInQueue, 'models'>) {
  return (
    <Stack gap={2}>
      {models.map(({ model, waiting, running }) => (
        <Text key={model} size="sm" style={{ whiteSpace: 'nowrap' }}>
          {model}: {waiting} wait, {running} under way
        </Text>
      ))}
    </Stack>
  );
}

const count = (id: 'waiting' | 'delayed' | 'running', header: string): Column<TenantInQueue> => ({
  id,
  header,
  align: 'right',
  cell: (tenant) => tenant[id],
  sortBy: (tenant) => tenant[id],
});

const COLUMNS: readonly Column<TenantInQueue>[] = [
  {
    id: 'tenantId',
    header: 'Tenant',
    cell: ({ tenantId }) => <CopyableId id={tenantId} to={`/operations/tenants/${tenantId}`} />,
    sortBy: ({ tenantId }) => tenantId,
  },
  count('waiting', 'Wait'),
  {
    id: 'oldest',
    header: 'Oldest waits',
    align: 'right',
    cell: ({ waiting, oldestWaitSeconds }) =>
      waiting === 0 ? '–' : formatDuration(oldestWaitSeconds * 1000),
    sortBy: ({ oldestWaitSeconds }) => oldestWaitSeconds,
  },
  {
    id: 'gpu',
    header: 'GPU time to do',
    align: 'right',
    cell: ({ waitingGpuMs }) => (waitingGpuMs === 0 ? '–' : formatDuration(waitingGpuMs)),
    sortBy: ({ waitingGpuMs }) => waitingGpuMs,
  },
  count('delayed', 'For later'),
  count('running', 'Under way'),
  {
    id: 'cap',
    header: 'Cap',
    align: 'right',
    cell: ({ cap, atCap }) => (
      <>
        {cap ?? 'none'} {atCap && <StatusBadge status="reached" color="orange" />}
      </>
    ),
    sortBy: ({ cap }) => cap,
  },
  amountColumn('weight', 'Weight', ({ weight }) => weight),
  amountColumn('priority', 'Priority', ({ priority }) => priority),
  {
    id: 'share',
    header: 'Had of the time',
    align: 'right',
    cell: ({ shareOfTime }) => formatRatio(shareOfTime),
    sortBy: ({ shareOfTime }) => shareOfTime,
  },
  { id: 'models', header: 'By model', cell: ({ models }) => <ByModel models={models} /> },
];

export function QueuePage() {
  const api = useOperatorApi();
  const state = useTableState();
  const query = { ...state.filters, cursor: state.cursor };
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['queue', query],
    queryFn: () => answerOf(api.GET('/admin/v1/queue', { params: { query } })),
    placeholderData: keepPreviousData,
    refetchInterval: 2_000,
  });
  const rows = data && { rows: data.tenants, nextCursor: data.nextCursor };
  return (
    <>
      <PageHeader
        title="Queue"
        description={
          <>
            Who waits and who gets what, whoever waits longest first.
            {data &&
              ` What they had is that of the last ${formatDuration(data.windowSeconds * 1000)}.`}{' '}
            Of one request that waits: <PageLink to="/operations/waiting">why?</PageLink>
          </>
        }
      />
      {data?.complete === false && (
        <Alert color="yellow" mb="md" title="Not all of them">
          More than 10,000 lines of tenants and models wait: those that wait longest are told.
        </Alert>
      )}
      <DataTable
        caption="Tenants in the queue and their shares"
        columns={COLUMNS}
        rows={{ data: rows, error, isFetching, refetch }}
        rowKey={({ tenantId }) => tenantId}
        state={state}
        filters={[
          { id: 'tenantId', label: 'Tenant', kind: 'text', placeholder: 'Id of a tenant' },
          { id: 'model', label: 'Model', kind: 'text', placeholder: 'Name of a model' },
        ]}
        empty={
          <EmptyState title="Nobody waits">
            Every request is done or under way elsewhere.
          </EmptyState>
        }
      />
    </>
  );
}
