import { Group, Stack, Text } from '@mantine/core';
import { useOperatorApi } from '../../api/clients.ts';
import {
  amountColumn,
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  PageLink,
  proseColumn,
  StatusBadge,
  timeColumn,
  useRows,
  useTableState,
} from '../../components/index.ts';
import { ParkedActions, type ParkedStream } from './parked-actions.tsx';

function Asked({ request }: Pick<ParkedStream, 'request'>) {
  if (request === null) return <>nothing</>;
  return (
    <Text size="sm" miw={160}>
      {request.action}, by {request.by}: {request.reason}
    </Text>
  );
}

const COLUMNS: readonly Column<ParkedStream>[] = [
  timeColumn('parkedAt', 'Tried last', ({ parkedAt }) => parkedAt),
  {
    id: 'consumer',
    header: 'Consumer',
    cell: ({ consumer, kind }) => (
      <Group gap="xs" wrap="nowrap">
        {consumer} <StatusBadge status={kind} color={kind === 'projector' ? 'blue' : 'grape'} />
      </Group>
    ),
    sortBy: ({ consumer }) => consumer,
  },
  {
    id: 'stream',
    header: 'Stream',
    cell: ({ stream, revision, eventType }) => (
      <Stack gap={2}>
        <PageLink to="/operations/events" search={{ stream }}>
          {stream}
        </PageLink>
        <Text size="xs" c="dimmed">
          {eventType}, revision {revision}
        </Text>
      </Stack>
    ),
    sortBy: ({ stream }) => stream,
  },
  proseColumn('reason', 'Error', ({ reason }) => reason),
  amountColumn('attempts', 'Attempts', ({ attempts }) => attempts),
  { id: 'request', header: 'Asked for', cell: ({ request }) => <Asked request={request} /> },
  { id: 'actions', header: 'Actions', cell: (parked) => <ParkedActions parked={parked} /> },
];

export function ParkedPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['parked'],
    state,
    fetch: (query) => api.GET('/admin/v1/parked', { params: { query } }),
    sorts: ['-parkedAt'],
    rowsOf: ({ parked }) => parked,
    refetchInterval: 5_000,
  });
  return (
    <>
      <PageHeader
        title="Parked messages"
        description="An event that a consumer fails at again and again parks its stream for that consumer: what follows in the stream waits, all other streams go on."
      />
      <DataTable
        caption="Streams that are parked"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        filters={[
          { id: 'consumer', label: 'Consumer', kind: 'text', placeholder: 'Name of a consumer' },
        ]}
        empty={
          <EmptyState title="Nothing is parked">
            Every consumer goes on with every stream.
          </EmptyState>
        }
      />
    </>
  );
}
