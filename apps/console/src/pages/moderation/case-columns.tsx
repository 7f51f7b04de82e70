import { Group, Stack, Text } from '@mantine/core';
import { type Column, CopyableId, StatusBadge, Timestamp } from '../../components/index.ts';
import { GROUNDS, isOverdue, type ListedCase, previewOf } from '../../moderation/cases.ts';
import { BlurredPicture } from './blurred-picture.tsx';
import { ClipTile } from './clip-tile.tsx';

function Preview({ listed }: { listed: ListedCase }) {
  const assetId = previewOf(listed);
  if (assetId !== undefined)
    return <BlurredPicture caseId={listed.id} assetId={assetId} side={72} />;
  if (listed.grounds !== 'known_file' && listed.media.length > 0) {
    return <ClipTile side={72}>clip</ClipTile>;
  }
  return (
    <Text size="xs" c="dimmed">
      nothing to show
    </Text>
  );
}

/** What a case is about, in lists of cases. */
export const CASE_COLUMNS: readonly Column<ListedCase>[] = [
  { id: 'preview', header: 'Blurred', cell: (listed) => <Preview listed={listed} /> },
  {
    id: 'id',
    header: 'Case',
    cell: ({ id }) => <CopyableId id={id} to={`/moderation/cases/${id}`} />,
  },
  {
    id: 'why',
    header: 'Why',
    cell: ({ kind, grounds, category, score }) => (
      <Stack gap={2}>
        <Text size="sm">
          {kind}, {GROUNDS[grounds]}
        </Text>
        {category !== null && (
          <Text size="xs" c="dimmed">
            {category}
            {score !== null && ` ${score.toFixed(2)}`}
          </Text>
        )}
      </Stack>
    ),
    sortBy: ({ grounds }) => grounds,
  },
  {
    id: 'tenantId',
    header: 'Tenant',
    cell: ({ tenantId }) => <CopyableId id={tenantId} />,
    sortBy: ({ tenantId }) => tenantId,
  },
  {
    id: 'generationId',
    header: 'Generation',
    cell: ({ generationId }) => <CopyableId id={generationId} />,
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state, decision }) => <StatusBadge status={decision ?? state} />,
    sortBy: ({ state, decision }) => decision ?? state,
  },
  {
    id: 'dueAt',
    header: 'Due',
    cell: (listed) => (
      <Group gap={6} wrap="nowrap">
        <Timestamp at={listed.dueAt} />
        {isOverdue(listed, new Date()) && <StatusBadge status="overdue" color="red" />}
      </Group>
    ),
    sortBy: ({ dueAt }) => dueAt,
  },
  {
    id: 'openedAt',
    header: 'Opened',
    cell: ({ openedAt }) => <Timestamp at={openedAt} />,
    sortBy: ({ openedAt }) => openedAt,
  },
];
