import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconUserCircle } from '@tabler/icons-react';
import { useTenantApi } from '../../../api/clients.ts';
import { traitLines } from '../../../characters/traits.ts';
import type { Character } from '../../../characters/use-characters.ts';
import {
  type Column,
  CopyableId,
  DataTable,
  EmptyState,
  PageHeader,
  PageLink,
  Timestamp,
  useRows,
  useTableState,
} from '../../../components/index.ts';
import { useHasRole, useTenantId } from '../../../session/use-tenant.ts';
import { CharacterDialog } from './character-dialog.tsx';

const columns: Column<Character>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ name }) => <Text fw={600}>{name}</Text>,
    sortBy: ({ name }) => name,
  },
  {
    id: 'id',
    header: 'Character',
    cell: ({ character_id }) => <LinkedId id={character_id} />,
  },
  {
    id: 'model',
    header: 'Model',
    cell: ({ model_id }) => model_id,
    sortBy: ({ model_id }) => model_id,
  },
  {
    id: 'traits',
    header: 'Traits',
    cell: ({ traits }) => (
      <Text size="sm" lineClamp={2} maw={320}>
        {traitLines(traits).replaceAll('\n', ', ')}
      </Text>
    ),
  },
  {
    id: 'createdAt',
    header: 'Made',
    cell: ({ created_at }) => <Timestamp at={created_at} />,
    sortBy: ({ created_at }) => created_at,
  },
];

function LinkedId({ id }: { id: string }) {
  return <CopyableId id={id} to={`/t/${useTenantId()}/characters/${id}`} />;
}

/** The fictional adults of a tenant, of whom the character dialect makes pictures. */
export function CharactersPage() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const state = useTableState();
  const mayWrite = useHasRole('developer');
  const [opened, { open, close }] = useDisclosure(false);
  const rows = useRows({
    queryKey: ['characters', tenantId, 'list'],
    state,
    fetch: (query) => api.GET('/v1/characters', { params: { query } }),
    sorts: ['-createdAt'],
    rowsOf: ({ characters }) => characters,
  });
  return (
    <>
      <PageHeader
        title="Characters"
        description={
          <>
            Fictional adults, made once and shown in many pictures. References of real people and
            their consents are on{' '}
            <PageLink to="/t/$tenantId/references" params={{ tenantId }}>
              a page of their own
            </PageLink>
            .
          </>
        }
        actions={
          mayWrite && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
              Create a character
            </Button>
          )
        }
      />
      <DataTable
        caption="Characters"
        columns={columns}
        rows={rows}
        rowKey={({ character_id }) => character_id}
        state={state}
        empty={
          <EmptyState title="No character yet" icon={IconUserCircle}>
            Create one, then ask for pictures of it in the playground.
          </EmptyState>
        }
      />
      {opened && <CharacterDialog character={null} onClose={close} />}
    </>
  );
}
