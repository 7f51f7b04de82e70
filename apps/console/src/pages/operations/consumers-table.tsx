import {
  type Column,
  DataTable,
  EmptyState,
  StatusBadge,
  Tokens,
  useTableState,
} from '../../components/index.ts';
import { formatDuration } from '../../format/time.ts';
import type { Consumer } from '../../operations/overview.ts';

const COLUMNS: readonly Column<Consumer>[] = [
  {
    id: 'consumer',
    header: 'Consumer',
    cell: ({ consumer }) => consumer,
    sortBy: ({ consumer }) => consumer,
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => (
      <StatusBadge status={state} color={state === 'current' ? 'green' : 'yellow'} />
    ),
    sortBy: ({ state }) => state,
  },
  {
    id: 'position',
    header: 'Position',
    align: 'right',
    cell: ({ position }) => <Tokens value={position} />,
    sortBy: ({ position }) => BigInt(position),
  },
  {
    id: 'eventsBehind',
    header: 'Events behind',
    align: 'right',
    cell: ({ eventsBehind }) => <Tokens value={eventsBehind} />,
    sortBy: ({ eventsBehind }) => eventsBehind,
  },
  {
    id: 'secondsBehind',
    header: 'Time behind',
    align: 'right',
    cell: ({ secondsBehind }) => (secondsBehind === 0 ? '–' : formatDuration(secondsBehind * 1000)),
    sortBy: ({ secondsBehind }) => secondsBehind,
  },
  {
    id: 'parkedStreams',
    header: 'Parked streams',
    align: 'right',
    cell: ({ parkedStreams }) => parkedStreams,
    sortBy: ({ parkedStreams }) => parkedStreams,
  },
];

/** How far projectors and reactors are behind the event store. */
export function ConsumersTable({ consumers }: { consumers: readonly Consumer[] }) {
  const state = useTableState();
  return (
    <DataTable
      caption="Projectors and reactors with their lag"
      columns={COLUMNS}
      rows={{ data: { rows: consumers }, error: null, isFetching: false }}
      rowKey={({ consumer }) => consumer}
      state={state}
      empty={<EmptyState title="No consumer has run yet" />}
    />
  );
}
