import { useOperatorApi } from '../../api/clients.ts';
import type { components } from '../../api/openapi.ts';
import {
  type Column,
  CopyableId,
  DataTable,
  EmptyState,
  PageHeader,
  textColumn,
  timeColumn,
  useRows,
  useTableState,
} from '../../components/index.ts';
import { CreateTenant } from './create-tenant.tsx';

type Tenant = components['schemas']['TenantPage']['tenants'][number];

const COLUMNS: readonly Column<Tenant>[] = [
  textColumn('name', 'Name', ({ name }) => name),
  {
    id: 'id',
    header: 'Tenant',
    cell: ({ id }) => <CopyableId id={id} to={`/operations/tenants/${id}`} />,
    sortBy: ({ id }) => id,
  },
  timeColumn('createdAt', 'Created', ({ createdAt }) => createdAt),
];

export function TenantsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['tenants'],
    state,
    fetch: (query) => api.GET('/admin/v1/tenants', { params: { query } }),
    sorts: ['-createdAt'],
    rowsOf: ({ tenants }) => tenants,
  });
  return (
    <>
      <PageHeader
        title="Tenants"
        description="Who has an account here. Open one for its limits, share, keys, and to freeze it."
        actions={<CreateTenant />}
      />
      <DataTable
        caption="Tenants"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        filters={[
          { id: 'q', label: 'Name or id', kind: 'text', placeholder: 'Part of it' },
          {
            id: 'frozen',
            label: 'Account',
            kind: 'choice',
            options: [
              { value: 'true', label: 'Frozen' },
              { value: 'false', label: 'Not frozen' },
            ],
          },
        ]}
        empty={<EmptyState title="No tenant fits">Clear a filter, or create one above.</EmptyState>}
      />
    </>
  );
}
