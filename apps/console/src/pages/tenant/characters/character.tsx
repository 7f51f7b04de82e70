import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import type { Character } from '../../../characters/use-characters.ts';
import {
  ConfirmAction,
  CopyableId,
  DescriptionList,
  PageHeader,
  QueryView,
  Section,
  Timestamp,
} from '../../../components/index.ts';
import { useHasRole, useTenantId } from '../../../session/use-tenant.ts';
import { CharacterDialog } from './character-dialog.tsx';

function Actions({ character, onChange }: { character: Character; onChange: () => void }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const navigate = useNavigate();
  const { character_id, name } = character;
  return (
    <>
      <Button
        size="xs"
        component={Link}
        to={`/t/${tenantId}/playground` as '/'}
        search={{ dialect: 'xavira', character: character_id } as never}
      >
        Make a picture
      </Button>
      <Button size="xs" variant="default" onClick={onChange}>
        Change
      </Button>
      <ConfirmAction
        label="Delete"
        title={`Delete ${name}`}
        danger
        explains="The key of its name, traits and looks is destroyed. Its pictures stay until they are erased themselves. This cannot be undone."
        command={{
          run: () =>
            answerOf(
              api.DELETE('/v1/characters/{character_id}', { params: { path: { character_id } } }),
            ),
          done: 'Character deleted',
          touches: [['characters', tenantId]],
          onDone: () => void navigate({ to: `/t/${tenantId}/characters` as '/' }),
        }}
      />
    </>
  );
}

function Loaded({ character }: { character: Character }) {
  const { traits, model_id, created_at, updated_at } = character;
  return (
    <Stack>
      <Section title="About it">
        <DescriptionList
          items={[
            ['Model', model_id],
            ['Made', <Timestamp key="made" at={created_at} />],
            ['Changed', <Timestamp key="changed" at={updated_at} />],
          ]}
        />
      </Section>
      <Section title="Traits">
        <DescriptionList
          items={Object.entries(traits).map(([name, value]) => [
            name,
            Array.isArray(value) ? value.join(', ') : String(value),
          ])}
        />
      </Section>
    </Stack>
  );
}

/** One character with its traits. */
export function CharacterPage() {
  const { characterId = '' } = useParams({ strict: false });
  const tenantId = useTenantId();
  const api = useTenantApi();
  const mayWrite = useHasRole('developer');
  const [opened, { open, close }] = useDisclosure(false);
  const query = useQuery({
    queryKey: ['characters', tenantId, characterId],
    queryFn: () => {
      const params = { path: { character_id: characterId } };
      return answerOf(api.GET('/v1/characters/{character_id}', { params }));
    },
  });
  const { data } = query;
  return (
    <>
      <PageHeader
        title={data?.name ?? 'Character'}
        parent={{ label: 'Characters', to: `/t/${tenantId}/characters` }}
        description={<CopyableId id={characterId} whole />}
        actions={data && mayWrite && <Actions character={data} onChange={open} />}
      />
      <QueryView query={query}>{(character) => <Loaded character={character} />}</QueryView>
      {data && opened && <CharacterDialog character={data} onClose={close} />}
    </>
  );
}
