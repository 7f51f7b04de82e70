import {
  BreakableName,
  type Column,
  CopyableId,
  StatusBadge,
  Timestamp,
} from '../../../components/index.ts';
import type { WebhookMessage } from '../../../webhooks/health.ts';

export const messageStatuses = [
  'pending',
  'delivered',
  'exhausted',
  'refused',
  'withdrawn',
  'expired',
] as const;

/** Columns of a list of messages. @param tenantId whose they are, for links to their pages */
export const messageColumns = (tenantId: string): Column<WebhookMessage>[] => [
  {
    id: 'message',
    header: 'Message',
    cell: ({ id }) => <CopyableId id={id} to={`/t/${tenantId}/webhook-messages/${id}`} />,
  },
  {
    id: 'status',
    header: 'Status',
    cell: ({ status }) => <StatusBadge status={status} />,
    sortBy: ({ status }) => status,
  },
  {
    id: 'event',
    header: 'About',
    cell: ({ eventType }) => <BreakableName name={eventType} />,
    sortBy: ({ eventType }) => eventType,
  },
  {
    id: 'generation',
    header: 'Generation',
    cell: ({ generationId }) => (
      <CopyableId id={generationId} to={`/t/${tenantId}/generations/${generationId}`} />
    ),
  },
  {
    id: 'endpoint',
    header: 'Endpoint',
    cell: ({ endpointId }) => (
      <CopyableId id={endpointId} to={`/t/${tenantId}/webhooks/${endpointId}`} />
    ),
  },
  {
    id: 'attempts',
    header: 'Attempts',
    align: 'right',
    cell: ({ attempts }) => attempts,
    sortBy: ({ attempts }) => attempts,
  },
  {
    id: 'createdAt',
    header: 'Made',
    cell: ({ createdAt }) => <Timestamp at={createdAt} />,
    sortBy: ({ createdAt }) => createdAt,
  },
  {
    id: 'updated',
    header: 'Latest change',
    cell: ({ updatedAt }) => <Timestamp at={updatedAt} />,
    sortBy: ({ updatedAt }) => updatedAt,
  },
];
