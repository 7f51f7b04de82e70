import {
  amountColumn,
  type Column,
  DataTable,
  EmptyState,
  textColumn,
  useTableState,
} from '../../components/index.ts';
import type { Consumer } from '../../operations/overview.ts';
import { lagColumns } from './lag-columns.tsx';

const COLUMNS: readonly Column<Consumer>[] = [
  textColumn('consumer', 'Consumer', ({ consumer }) => consumer),
  ...lagColumns<Consumer>(),
  amountColumn('position', 'Position', ({ position }) => position),
  amountColumn('parkedStreams', 'Parked streams', ({ parkedStreams }) => parkedStreams),
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
