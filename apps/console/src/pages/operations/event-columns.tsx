import { Text } from '@mantine/core';
import {
  amountColumn,
  type Column,
  CopyIcon,
  PageLink,
  timeColumn,
} from '../../components/index.ts';
import { eventReference, type RecordedEvent } from '../../operations/events.ts';
import { TraceLink } from './trace-link.tsx';

function StreamCell({ event: { stream, revision } }: { event: RecordedEvent }) {
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <PageLink to="/operations/events" search={{ stream }} title={stream}>
        {stream.length > 40 ? `${stream.slice(0, 26)}…${stream.slice(-8)}` : stream}
      </PageLink>
      <Text span size="xs" c="dimmed">
        @{revision}
      </Text>
      <CopyIcon value={stream} label={`Copy ${stream}`} />
    </span>
  );
}

export const TYPE_COLUMN: Column<RecordedEvent> = {
  id: 'type',
  header: 'Event',
  cell: (event) => (
    <PageLink to="/operations/events/$eventId" params={{ eventId: eventReference(event) }}>
      {event.type}
    </PageLink>
  ),
  sortBy: ({ type }) => type,
};

export const STREAM_COLUMN: Column<RecordedEvent> = {
  id: 'stream',
  header: 'Stream',
  cell: (event) => <StreamCell event={event} />,
  sortBy: ({ stream }) => stream,
};

export const ACTOR_COLUMN: Column<RecordedEvent> = {
  id: 'actor',
  header: 'By',
  cell: ({ actor: { kind, id } }) => (
    <span title={id}>
      {kind} {id.length > 24 ? `${id.slice(0, 12)}…${id.slice(-6)}` : id}
    </span>
  ),
  sortBy: ({ actor }) => `${actor.kind} ${actor.id}`,
};

/** What every list of events tells of one. */
export const EVENT_COLUMNS: readonly Column<RecordedEvent>[] = [
  amountColumn('position', 'Position', ({ position }) => position),
  timeColumn('at', 'Happened', ({ at }) => at),
  TYPE_COLUMN,
  STREAM_COLUMN,
  ACTOR_COLUMN,
  {
    id: 'correlationId',
    header: 'Request',
    cell: ({ correlationId }) => <TraceLink id={correlationId} />,
  },
];
