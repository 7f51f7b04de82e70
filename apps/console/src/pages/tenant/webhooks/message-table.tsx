import { useMemo } from 'react';
import { useTenantApi } from '../../../api/clients.ts';
import {
  DataTable,
  EmptyState,
  type Filter,
  useRows,
  useTableState,
} from '../../../components/index.ts';
import { useTenantId } from '../../../session/use-tenant.ts';
import { messagesKey } from '../../../webhooks/use-endpoints.ts';
import { messageColumns } from './message-columns.tsx';

interface MessageTableProps {
  readonly filters: readonly Filter[];
  /** Messages to that endpoint alone. */
  readonly endpointId?: string;
}

/** Messages with what became of them, newest first. */
export function MessageTable({ filters, endpointId }: MessageTableProps) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const state = useTableState();
  const columns = useMemo(
    () =>
      messageColumns(tenantId).filter(({ id }) => endpointId === undefined || id !== 'endpoint'),
    [tenantId, endpointId],
  );
  const rows = useRows({
    queryKey: [...messagesKey(tenantId), endpointId ?? 'all'],
    state,
    fetch: (query: object) => {
      const narrowed = endpointId === undefined ? query : { ...query, endpointId };
      return api.GET('/v1/webhook-messages', { params: { query: narrowed as never } });
    },
    sorts: ['-createdAt'],
    rowsOf: ({ messages }) => messages,
    refetchInterval: 10_000,
  });
  return (
    <DataTable
      caption="Webhook messages"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      state={state}
      filters={filters}
      empty={
        <EmptyState title="No message is here">
          A message is made when something happens that an endpoint listens to. Send a test event to
          see one.
        </EmptyState>
      }
    />
  );
}
