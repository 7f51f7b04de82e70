import { Anchor, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTenantApi } from '../../../api/clients.ts';
import type { components } from '../../../api/openapi.ts';
import {
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  StatusBadge,
  Timestamp,
  Tokens,
  useRows,
  useTableState,
} from '../../../components/index.ts';
import { formatTokens } from '../../../format/amount.ts';
import { useTenantId } from '../../../session/use-tenant.ts';

type EndUser = components['schemas']['EndUser'];

const FILTERS = [
  { id: 'state', label: 'State', kind: 'choice', options: ['active', 'blocked'] },
] as const;

const columnsOf = (tenantId: string): Column<EndUser>[] => [
  {
    id: 'email',
    header: 'End user',
    cell: ({ endUserEmail }) => (
      <Anchor
        size="sm"
        display="block"
        miw={180}
        style={{ overflowWrap: 'anywhere' }}
        component={Link}
        to={`/t/${tenantId}/end-users/${encodeURIComponent(endUserEmail)}` as '/'}
      >
        {endUserEmail}
      </Anchor>
    ),
    sortBy: ({ endUserEmail }) => endUserEmail,
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => <StatusBadge status={state} />,
    sortBy: ({ state }) => state,
  },
  {
    id: 'spent',
    header: 'Tokens spent',
    align: 'right',
    cell: ({ xTokensSpent }) => <Tokens value={xTokensSpent} />,
    sortBy: ({ xTokensSpent }) => xTokensSpent,
  },
  {
    id: 'generations',
    header: 'Requests',
    align: 'right',
    cell: ({ generations, failed }) => (
      <>
        {formatTokens(generations)}
        {failed > 0 && (
          <Text span size="xs" c="dimmed">
            {' '}
            ({failed} failed)
          </Text>
        )}
      </>
    ),
    sortBy: ({ generations }) => generations,
  },
  {
    id: 'refused',
    header: 'Refused prompts',
    align: 'right',
    cell: ({ refusedPrompts }) => formatTokens(refusedPrompts),
    sortBy: ({ refusedPrompts }) => refusedPrompts,
  },
  {
    id: 'firstSeen',
    header: 'First seen',
    cell: ({ firstSeen }) => <Timestamp at={firstSeen} />,
    sortBy: ({ firstSeen }) => firstSeen,
  },
  {
    id: 'lastSeen',
    header: 'Last seen',
    cell: ({ lastSeen }) => <Timestamp at={lastSeen} />,
    sortBy: ({ lastSeen }) => lastSeen,
  },
];

/** The people whom a tenant makes pictures for, with what they spent. */
export function EndUsersPage() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const state = useTableState();
  const columns = useMemo(() => columnsOf(tenantId), [tenantId]);
  const rows = useRows({
    queryKey: ['end-users', tenantId, 'list'],
    state,
    fetch: (query) => api.GET('/v1/end-users', { params: { query } }),
    sorts: ['-firstSeen', 'lastSeen', 'spent'],
    rowsOf: ({ endUsers }) => endUsers,
  });
  return (
    <>
      <PageHeader
        title="End users"
        description="Every request names the person who is responsible for it."
      />
      <DataTable
        caption="End users"
        columns={columns}
        rows={rows}
        rowKey={({ endUserEmail }) => endUserEmail}
        state={state}
        filters={FILTERS}
        empty={
          <EmptyState title="Nobody is here" icon={IconUsers}>
            End users show up here with the first request that names them.
          </EmptyState>
        }
      />
    </>
  );
}
