import { Stack } from '@mantine/core';
import { useOperatorApi } from '../../api/clients.ts';
import {
  BreakableName,
  type Column,
  CopyableId,
  DataTable,
  EmptyState,
  idColumn,
  PageHeader,
  PageLink,
  proseColumn,
  timeColumn,
  useRows,
  useTableState,
} from '../../components/index.ts';
import type { AnswerOf } from '../../operations/answers.ts';
import { eventReference } from '../../operations/events.ts';
import { TraceLink } from './trace-link.tsx';
import { useEventCategories } from './use-event-categories.ts';

type Entry = AnswerOf<'/admin/v1/audit'>['entries'][number];

const COLUMNS: readonly Column<Entry>[] = [
  timeColumn('at', 'When', ({ at }) => at),
  {
    id: 'actor',
    header: 'Who',
    cell: ({ actor: { kind, id } }) => (
      <>
        {kind} <CopyableId id={id} />
      </>
    ),
    sortBy: ({ actor }) => actor.id,
  },
  {
    id: 'action',
    header: 'Did what',
    cell: (entry) => (
      <PageLink to="/operations/events/$eventId" params={{ eventId: eventReference(entry) }}>
        <BreakableName name={entry.action} />
      </PageLink>
    ),
    sortBy: ({ action }) => action,
  },
  {
    id: 'stream',
    header: 'To',
    cell: ({ stream, targets, tenantId }) => (
      <Stack gap={0}>
        <CopyableId id={stream} />
        {namedBeside(stream, targets, tenantId).map((target) => (
          <CopyableId key={target} id={target} />
        ))}
      </Stack>
    ),
  },
  idColumn('tenantId', 'Tenant', ({ tenantId }) => tenantId),
  proseColumn('reason', 'Why', ({ reason }) => reason),
  {
    id: 'request',
    header: 'Request',
    cell: ({ correlationId }) => <TraceLink id={correlationId} />,
  },
];

const MOST_NAMED = 3;

/** What the name of the stream and the column of the tenant do not say already. */
function namedBeside(stream: string, targets: readonly string[], tenantId: string | null) {
  const isNews = (target: string) => target !== tenantId && !stream.endsWith(`-${target}`);
  return targets.filter(isNews).slice(0, MOST_NAMED);
}

export function AuditPage() {
  const api = useOperatorApi();
  const { data: categories = [] } = useEventCategories();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['audit'],
    state,
    fetch: (query) => api.GET('/admin/v1/audit', { params: { query } }),
    sorts: ['-at'],
    rowsOf: ({ entries }) => entries,
  });
  return (
    <>
      <PageHeader
        title="Audit"
        description="What operators and members did, with the reason where one was given. Each is an event, and stays."
      />
      <DataTable
        caption="What operators and members did"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ eventId }) => eventId}
        state={state}
        filters={[
          { id: 'actor', label: 'Who', kind: 'text', placeholder: 'Operator or usr_…' },
          { id: 'target', label: 'To', kind: 'text', placeholder: 'Id of anything' },
          {
            id: 'category',
            label: 'Area',
            kind: 'choice',
            options: categories.map(({ name }) => name),
          },
          { id: 'action', label: 'Did what', kind: 'text', placeholder: 'AccountFrozen' },
          { id: 'tenantId', label: 'Tenant', kind: 'text', placeholder: 'Id of a tenant' },
          { id: 'since', label: 'From', kind: 'day' },
          { id: 'until', label: 'Before', kind: 'day' },
        ]}
        empty={
          <EmptyState title="Nobody did such a thing">
            Clear a filter, or choose other days.
          </EmptyState>
        }
      />
    </>
  );
}
