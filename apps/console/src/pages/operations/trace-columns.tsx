import type { Column } from '../../components/index.ts';
import { formatDuration } from '../../format/time.ts';
import type { TracedEvent } from '../../operations/trace.ts';
import { ACTOR_COLUMN, STREAM_COLUMN, TYPE_COLUMN } from './event-columns.tsx';

interface TraceRow extends TracedEvent {
  readonly service: string;
}

const OF_EVENTS = [TYPE_COLUMN, STREAM_COLUMN, ACTOR_COLUMN].map(
  ({ id, header, cell }): Column<TraceRow> => ({ id, header, cell: ({ event }) => cell(event) }),
);

/** What each step of a request tells. */
export const TRACE_COLUMNS: readonly Column<TraceRow>[] = [
  {
    id: 'after',
    header: 'After',
    align: 'right',
    cell: ({ offsetMs }) => formatDuration(offsetMs),
    sortBy: ({ offsetMs }) => offsetMs,
  },
  {
    id: 'service',
    header: 'Service',
    cell: ({ service }) => service,
    sortBy: ({ service }) => service,
  },
  ...OF_EVENTS,
];
