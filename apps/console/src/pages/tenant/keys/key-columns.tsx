import { Code, Stack, Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Column, StatusBadge, Timestamp, Tokens } from '../../../components/index.ts';
import { type ApiKey, keyStateOf } from './key-state.ts';

function Scopes({ scopes }: { scopes: readonly string[] }) {
  return (
    <Tooltip label={scopes.join(', ')} multiline maw={320}>
      <Text span size="sm">
        {scopes.length === 1 ? scopes[0] : `${scopes.length} scopes`}
      </Text>
    </Tooltip>
  );
}

function State({ apiKey }: { apiKey: ApiKey }) {
  const state = keyStateOf(apiKey, new Date());
  return (
    <Stack gap={2} align="flex-start">
      <StatusBadge status={state} />
      {state === 'rotated' && (
        <Text size="xs" c="dimmed">
          until <Timestamp at={apiKey.validUntil} />
        </Text>
      )}
      {apiKey.revokedReason !== null && (
        <Text size="xs" c="dimmed">
          {apiKey.revokedReason}
        </Text>
      )}
    </Stack>
  );
}

/** Columns of the keys. @param actionsOf what can be done with one; null when the reader may do nothing */
export function keyColumns(actionsOf: ((key: ApiKey) => ReactNode) | null): Column<ApiKey>[] {
  const columns: Column<ApiKey>[] = [
    { id: 'name', header: 'Name', sortBy: ({ name }) => name, cell: ({ name }) => name },
    { id: 'key', header: 'Begins with', cell: ({ prefix }) => <Code>{prefix}…</Code> },
    { id: 'state', header: 'State', cell: (key) => <State apiKey={key} /> },
    { id: 'scopes', header: 'Scopes', cell: ({ scopes }) => <Scopes scopes={scopes} /> },
    {
      id: 'models',
      header: 'Models',
      cell: ({ models }) => (models === null ? 'All' : models.join(', ')),
    },
    {
      id: 'createdAt',
      header: 'Issued',
      sortBy: ({ createdAt }) => createdAt,
      cell: ({ createdAt }) => <Timestamp at={createdAt} />,
    },
    {
      id: 'expires',
      header: 'Expires',
      sortBy: ({ expiresAt }) => expiresAt,
      cell: ({ expiresAt }) => (expiresAt === null ? 'Never' : <Timestamp at={expiresAt} />),
    },
    {
      id: 'lastUsed',
      header: 'Last used',
      sortBy: ({ lastUsedAt }) => lastUsedAt,
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'Never' : <Timestamp at={lastUsedAt} />),
    },
    {
      id: 'requests',
      header: 'Requests',
      align: 'right',
      sortBy: ({ requests }) => BigInt(requests),
      cell: ({ requests }) => <Tokens value={requests} />,
    },
  ];
  if (actionsOf === null) return columns;
  return [...columns, { id: 'actions', header: 'Actions', align: 'right', cell: actionsOf }];
}
