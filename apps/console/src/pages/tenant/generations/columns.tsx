import { Text } from '@mantine/core';
import {
  type Column,
  CopyableId,
  StatusBadge,
  Timestamp,
  Tokens,
} from '../../../components/index.ts';
import type { Generation } from '../../../generations/generation.ts';
import { OutputThumbnail } from './output-thumbnail.tsx';

/** Columns of a list of generations. @param tenantId whose they are, for links to their pages */
export function generationColumns(tenantId: string): Column<Generation>[] {
  return [
    { id: 'output', header: 'Output', cell: (row) => <OutputThumbnail generation={row} /> },
    {
      id: 'request',
      header: 'Generation',
      cell: ({ requestId }) => (
        <CopyableId id={requestId} to={`/t/${tenantId}/generations/${requestId}`} />
      ),
    },
    {
      id: 'status',
      header: 'Status',
      cell: ({ status }) => <StatusBadge status={status} />,
      sortBy: ({ status }) => status,
    },
    { id: 'model', header: 'Model', cell: ({ model }) => model, sortBy: ({ model }) => model },
    {
      id: 'prompt',
      header: 'Prompt',
      cell: ({ prompt }) => (
        <Text size="sm" lineClamp={2} maw={280} title={prompt}>
          {prompt || '–'}
        </Text>
      ),
    },
    {
      id: 'endUser',
      header: 'End user',
      cell: ({ endUserEmail }) => endUserEmail,
      sortBy: ({ endUserEmail }) => endUserEmail,
    },
    {
      id: 'cost',
      header: 'Tokens',
      align: 'right',
      cell: ({ cost }) => <Tokens value={cost.xTokens - cost.refunded} />,
      sortBy: ({ cost }) => cost.xTokens - cost.refunded,
    },
    {
      id: 'createdAt',
      header: 'Requested',
      cell: ({ createdAt }) => <Timestamp at={createdAt} />,
      sortBy: ({ createdAt }) => createdAt,
    },
  ];
}
