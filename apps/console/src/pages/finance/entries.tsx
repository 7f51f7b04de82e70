import { OPERATOR_BASE, useOperatorApi } from '../../api/clients.ts';
import {
  amountColumn,
  type Column,
  DataTable,
  DownloadLink,
  EmptyState,
  idColumn,
  PageHeader,
  timeColumn,
  useRows,
  useTableState,
} from '../../components/index.ts';
import { EventPlace } from './event-place.tsx';
import { TENANT_FILTER } from './filters.ts';
import { type Entry, Postings } from './postings.tsx';

const COLUMNS: readonly Column<Entry>[] = [
  amountColumn('position', 'Place', ({ position }) => position),
  timeColumn('happenedAt', 'Happened', ({ happenedAt }) => happenedAt),
  {
    id: 'type',
    header: 'Fact',
    cell: (entry) => <EventPlace entry={entry} />,
    sortBy: ({ type }) => type,
  },
  idColumn('tenantId', 'Tenant', ({ tenantId }) => tenantId),
  idColumn('generationId', 'Generation', ({ generationId }) => generationId),
  { id: 'postings', header: 'Postings', cell: (entry) => <Postings entry={entry} /> },
  timeColumn('knownAt', 'Known', ({ knownAt }) => knownAt),
];

export function EntriesPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['ledger', 'entries'],
    state,
    fetch: (query) => api.GET('/admin/v1/ledger/entries', { params: { query } }),
    sorts: ['position'],
    rowsOf: ({ entries }) => entries,
  });
  return (
    <>
      <PageHeader
        title="Entries"
        description="The journal: every fact of every account in the order of the event store. Each entry sums to zero and is made of one event. The CSV has every entry that fits the filters, a line for each posting."
        actions={
          <DownloadLink
            path={`${OPERATOR_BASE}/admin/v1/ledger/entries`}
            query={{ ...state.filters, sort: state.sort, format: 'csv' }}
          >
            CSV
          </DownloadLink>
        }
      />
      <DataTable
        caption="Entries of the journal"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ tenantId, revision }) => `${tenantId} ${revision}`}
        state={state}
        filters={[
          TENANT_FILTER,
          { id: 'account', label: 'Account', kind: 'text', placeholder: 'Its whole name' },
          { id: 'lotId', label: 'Lot', kind: 'text', placeholder: 'Id of a lot' },
          { id: 'generationId', label: 'Generation', kind: 'text', placeholder: 'req_…' },
          { id: 'from', label: 'From', kind: 'day' },
          { id: 'to', label: 'Before', kind: 'day' },
        ]}
        empty={
          <EmptyState title="No entry fits">
            Clear a filter or choose other days. The first entry is the opening of an account.
          </EmptyState>
        }
      />
    </>
  );
}
