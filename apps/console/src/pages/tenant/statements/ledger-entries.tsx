import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { tenantBase, useTenantApi } from '../../../api/clients.ts';
import type { components } from '../../../api/openapi.ts';
import {
  type Column,
  CopyableId,
  DataTable,
  DownloadLink,
  EmptyState,
  type Filter,
  PageHeader,
  Timestamp,
  Tokens,
  useRows,
  useTableState,
} from '../../../components/index.ts';
import { useTenantId } from '../../../session/use-tenant.ts';

type Entry = components['schemas']['LedgerEntry'];

const FILTERS: readonly Filter[] = [
  { id: 'from', label: 'From', kind: 'day' },
  { id: 'to', label: 'Before', kind: 'day' },
  { id: 'generationId', label: 'Generation', kind: 'text', placeholder: 'req_…' },
];

const tokenColumn = (
  id: 'changeOfAvailable' | 'changeOfHeld' | 'available' | 'held',
  header: string,
): Column<Entry> => ({
  id,
  header,
  align: 'right',
  cell: (entry) => <Tokens value={entry[id]} />,
});

/** `TokensHeld` as `Tokens held`. */
const inWords = (type: string) =>
  type.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const columnsOf = (tenantId: string): Column<Entry>[] => [
  { id: 'revision', header: 'Happened', cell: ({ happenedAt }) => <Timestamp at={happenedAt} /> },
  {
    id: 'type',
    header: 'What',
    cell: ({ type, revision }) => (
      <Text size="sm" title={`Entry ${revision} of the account`}>
        {inWords(type)}
      </Text>
    ),
    sortBy: ({ type }) => type,
  },
  {
    id: 'generation',
    header: 'Generation',
    cell: ({ generationId }) => (
      <CopyableId id={generationId} to={`/t/${tenantId}/generations/${generationId}`} />
    ),
  },
  tokenColumn('changeOfAvailable', 'To spend'),
  tokenColumn('changeOfHeld', 'Held'),
  tokenColumn('available', 'Then to spend'),
  tokenColumn('held', 'Then held'),
];

/** Every fact of the account with what it changed and what there was after it. */
export function LedgerEntriesPage() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const state = useTableState();
  const columns = useMemo(() => columnsOf(tenantId), [tenantId]);
  const rows = useRows({
    queryKey: ['ledger-entries', tenantId],
    state,
    fetch: (query) => api.GET('/v1/ledger/entries', { params: { query } }),
    sorts: ['-revision'],
    rowsOf: ({ entries }) => entries,
  });
  return (
    <>
      <PageHeader
        title="Ledger entries"
        parent={{ label: 'Statements', to: `/t/${tenantId}/statements` }}
        description="Every fact of the account: what it changed, and what there was after it. The CSV has every entry that fits the filters."
        actions={
          <DownloadLink
            path={`${tenantBase(tenantId)}/v1/ledger/entries`}
            query={{ ...state.filters, sort: state.sort, format: 'csv' }}
            filename={`ledger-${tenantId}.csv`}
          >
            CSV
          </DownloadLink>
        }
      />
      <DataTable
        caption="Entries of the account"
        columns={columns}
        rows={rows}
        rowKey={({ revision }) => String(revision)}
        state={state}
        filters={FILTERS}
        empty={<EmptyState title="No entry fits">Clear a filter or choose other days.</EmptyState>}
      />
    </>
  );
}
