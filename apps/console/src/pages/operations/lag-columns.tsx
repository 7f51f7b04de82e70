import { amountColumn, type Column, StatusBadge } from '../../components/index.ts';
import { formatDuration } from '../../format/time.ts';
import type { Consumer } from '../../operations/overview.ts';

type Lag = Pick<Consumer, 'state' | 'eventsBehind' | 'secondsBehind'>;

/** How far a consumer of events is behind the store. */
export function lagColumns<Row extends Lag>(): Column<Row>[] {
  return [
    {
      id: 'state',
      header: 'State',
      cell: ({ state }) => (
        <StatusBadge status={state} color={state === 'current' ? 'green' : 'yellow'} />
      ),
      sortBy: ({ state }) => state,
    },
    amountColumn('eventsBehind', 'Events behind', ({ eventsBehind }) => eventsBehind),
    {
      id: 'secondsBehind',
      header: 'Time behind',
      align: 'right',
      cell: ({ secondsBehind }) =>
        secondsBehind === 0 ? '–' : formatDuration(secondsBehind * 1000),
      sortBy: ({ secondsBehind }) => secondsBehind,
    },
  ];
}
