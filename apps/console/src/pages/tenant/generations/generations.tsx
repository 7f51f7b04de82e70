import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTenantApi } from '../../../api/clients.ts';
import {
  DataTable,
  EmptyState,
  type Filter,
  PageHeader,
  useRows,
  useTableState,
} from '../../../components/index.ts';
import { generationStatuses } from '../../../generations/generation.ts';
import { useModels } from '../../../playground/use-models.ts';
import { SavedFiltersMenu } from '../../../saved-filters/saved-filters-menu.tsx';
import { useHasRole, useTenantId } from '../../../session/use-tenant.ts';
import { generationColumns } from './columns.tsx';

function useFilters(): Filter[] {
  const { data: models = [] } = useModels();
  return [
    { id: 'status', label: 'Status', kind: 'choice', options: generationStatuses },
    { id: 'model', label: 'Model', kind: 'choice', options: models.map(({ id }) => id) },
    { id: 'endUserEmail', label: 'End user', kind: 'text', placeholder: 'ada@example.com' },
    { id: 'from', label: 'From', kind: 'day' },
    { id: 'to', label: 'Before', kind: 'day' },
  ];
}

/** Everything that was asked for, newest first. */
export function GenerationsPage() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const state = useTableState();
  const mayAsk = useHasRole('developer');
  const columns = useMemo(() => generationColumns(tenantId), [tenantId]);
  const rows = useRows({
    queryKey: ['generations', tenantId, 'list'],
    state,
    fetch: (query) => api.GET('/v1/generations', { params: { query } }),
    sorts: ['-createdAt'],
    rowsOf: ({ generations }) => generations,
    refetchInterval: 10_000,
  });
  const playground = `/t/${tenantId}/playground`;
  return (
    <>
      <PageHeader
        title="Generations"
        description="Every request for images or videos, with what became of it."
        actions={
          mayAsk && (
            <Button
              component={Link}
              to={playground as '/'}
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
            >
              Open the playground
            </Button>
          )
        }
      />
      <DataTable
        caption="Generations"
        columns={columns}
        rows={rows}
        rowKey={({ requestId }) => requestId}
        state={state}
        filters={useFilters()}
        actions={<SavedFiltersMenu list="generations" state={state} />}
        empty={
          <EmptyState title="No generation is here">
            {Object.keys(state.filters).length > 0
              ? 'Nothing fits these filters: clear them to see all.'
              : 'Try a prompt in the playground, or issue a key and call the API.'}
          </EmptyState>
        }
      />
    </>
  );
}
