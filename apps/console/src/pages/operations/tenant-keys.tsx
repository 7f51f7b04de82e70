import { Stack, Text, Title } from '@mantine/core';
import { useOperatorApi } from '../../api/clients.ts';
import {
  amountColumn,
  type Column,
  DataTable,
  EmptyState,
  idColumn,
  ReasonAction,
  StatusBadge,
  timeColumn,
  useRows,
  useTableState,
} from '../../components/index.ts';
import { type ApiKey, keyStateOf } from '../tenant/keys/key-state.ts';

function RevokeKey({ apiKey: { id, tenantId, name, revokedAt } }: { apiKey: ApiKey }) {
  const api = useOperatorApi();
  if (revokedAt !== null) return null;
  return (
    <ReasonAction
      label="Revoke"
      title={`Revoke ${name}`}
      explains="It works no more, at once and for good. Whatever still uses it is refused."
      danger
      command={{
        run: (reason) => {
          const params = { path: { tenantId, keyId: id } };
          const body = { reason };
          return api.POST('/admin/v1/tenants/{tenantId}/keys/{keyId}/revoke', { params, body });
        },
        done: `${name} is revoked.`,
        touches: [['tenants', tenantId]],
      }}
    />
  );
}

const COLUMNS: readonly Column<ApiKey>[] = [
  {
    id: 'name',
    header: 'Key',
    cell: ({ name, prefix }) => (
      <Stack gap={0}>
        {name}
        <Text size="xs" c="dimmed">
          {prefix}…
        </Text>
      </Stack>
    ),
    sortBy: ({ name }) => name,
  },
  idColumn('id', 'Id', ({ id }) => id),
  {
    id: 'status',
    header: 'Status',
    cell: (key) => <StatusBadge status={keyStateOf(key, new Date())} />,
  },
  {
    id: 'scopes',
    header: 'Scopes',
    cell: ({ scopes }) => (
      <Text size="xs" miw={320}>
        {scopes.join(', ')}
      </Text>
    ),
  },
  timeColumn('createdAt', 'Issued', ({ createdAt }) => createdAt),
  timeColumn('validUntil', 'Valid until', ({ validUntil }) => validUntil),
  timeColumn('lastUsedAt', 'Used last', ({ lastUsedAt }) => lastUsedAt),
  amountColumn('requests', 'Requests', ({ requests }) => requests),
  { id: 'actions', header: 'Actions', cell: (key) => <RevokeKey apiKey={key} /> },
];

/** API keys of a tenant, to look at and to revoke; its members issue their own. */
export function TenantKeys({ tenantId }: { tenantId: string }) {
  const api = useOperatorApi();
  const state = useTableState();
  const path = { tenantId };
  const rows = useRows({
    queryKey: ['tenants', tenantId, 'keys'],
    state,
    fetch: (query) => api.GET('/admin/v1/tenants/{tenantId}/keys', { params: { path, query } }),
    sorts: ['-createdAt'],
    rowsOf: ({ keys }) => keys,
  });
  return (
    <section>
      <Title order={2} size="h4" mb="sm">
        API keys
      </Title>
      <DataTable
        caption="API keys of the tenant"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        empty={
          <EmptyState title="No keys">
            Members of the tenant issue their keys themselves.
          </EmptyState>
        }
      />
    </section>
  );
}
