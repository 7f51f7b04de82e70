import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Api, answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  DataTable,
  EmptyState,
  type Filter,
  PageHeader,
  useTableState,
} from '../../components/index.ts';
import type { RecordedEvent } from '../../operations/events.ts';
import { EVENT_COLUMNS } from './event-columns.tsx';
import { useEventCategories } from './use-event-categories.ts';

interface FoundEvents {
  readonly rows: readonly RecordedEvent[];
  readonly nextCursor: string | null;
  /** How far a search of the whole store came. */
  readonly progress: string | null;
}

async function readStream(
  api: Api,
  stream: string,
  from: string | undefined,
): Promise<FoundEvents> {
  const query = from === undefined ? {} : { from };
  const params = { path: { stream }, query };
  const { events, nextRevision } = await answerOf(
    api.GET('/admin/v1/streams/{stream}', { params }),
  );
  return { rows: events, nextCursor: nextRevision?.toString() ?? null, progress: null };
}

const LAST_HOUR_MS = 3_600_000;

/** Without any filter the last hour is searched: the first events of the store are rarely meant. */
function chosenOrLately(filters: Readonly<Record<string, string>>) {
  if (Object.keys(filters).length > 0) return filters;
  return { since: new Date(Date.now() - LAST_HOUR_MS).toISOString() };
}

async function search(
  api: Api,
  filters: Readonly<Record<string, string>>,
  position: string | undefined,
): Promise<FoundEvents> {
  const query = position === undefined ? chosenOrLately(filters) : { ...filters, position };
  const found = await answerOf(api.GET('/admin/v1/events', { params: { query: query as never } }));
  const { events, finished, lookedAt, head } = found;
  const upTo = `Looked at ${lookedAt} events, up to ${found.position} of ${head}.`;
  return {
    rows: events,
    nextCursor: finished ? null : found.position,
    progress: finished ? upTo : `${upTo} Go on with the next page.`,
  };
}

function useFilters(category: string | undefined): readonly Filter[] {
  const { data = [] } = useEventCategories();
  const types = data.filter(({ name }) => category === undefined || name === category);
  return [
    { id: 'stream', label: 'Stream', kind: 'text', placeholder: 'tokenAccount-…' },
    { id: 'category', label: 'Category', kind: 'choice', options: data.map(({ name }) => name) },
    { id: 'type', label: 'Event', kind: 'choice', options: types.flatMap((each) => each.types) },
    { id: 'tenantId', label: 'Tenant', kind: 'text', placeholder: 'Id of a tenant' },
    { id: 'generationId', label: 'Generation', kind: 'text' },
    { id: 'correlationId', label: 'Request', kind: 'text', placeholder: 'X-Request-Id' },
    { id: 'text', label: 'Contains', kind: 'text' },
    { id: 'since', label: 'From', kind: 'day' },
    { id: 'until', label: 'Before', kind: 'day' },
  ];
}

export function EventsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const { stream, ...filters } = state.filters;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['events', state.filters, state.cursor],
    queryFn: () =>
      stream === undefined
        ? search(api, filters, state.cursor)
        : readStream(api, stream, state.cursor),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader
        title="Events"
        description="The event store as it is: by stream, or searched from a day on; without a filter, the last hour. Nothing that is personal is opened."
      />
      <DataTable
        caption="Events of the store"
        columns={EVENT_COLUMNS}
        rows={{ data, error, isFetching, refetch }}
        rowKey={({ position }) => position}
        state={state}
        filters={useFilters(filters.category)}
        empty={
          <EmptyState title="No event fits here">
            {data?.progress ?? 'Clear a filter, or name another stream.'}
          </EmptyState>
        }
      />
      {data?.progress && (
        <Text size="sm" c="dimmed" mt="sm">
          {data.progress}
        </Text>
      )}
    </>
  );
}
