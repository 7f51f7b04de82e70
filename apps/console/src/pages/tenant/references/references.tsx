import { Button, FileButton, Group, Stack, TextInput } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { useCommand } from '../../../api/use-command.ts';
import { EmptyState, ErrorNotice, PageHeader, Section } from '../../../components/index.ts';
import { useHasRole, useTenantId } from '../../../session/use-tenant.ts';
import { ReferenceCard } from './reference-card.tsx';

function useUpload(onDone: (id: string) => void) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useCommand({
    run: (file: File) => {
      const form = new FormData();
      form.set('file', file);
      // The form goes out as it is: its type needs a boundary that only the browser knows.
      return answerOf(
        api.POST('/v1/references', {
          body: form as never,
          bodySerializer: (body) => body as never,
        }),
      );
    },
    done: 'The image is uploaded.',
    touches: [['references', tenantId]],
    onDone: ({ id }) => onDone(id),
  });
}

function FindForm({ onId }: { onId: (id: string) => void }) {
  const [id, setId] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onId(id.trim());
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <TextInput
          label="Id of an upload"
          placeholder="ref_…"
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!/\S/.test(id)}>
          Show
        </Button>
      </Group>
    </form>
  );
}

/** Images to follow, and what the people on them have agreed to. */
export function ReferencesPage() {
  const tenantId = useTenantId();
  const { referenceId: id } = useParams({ strict: false });
  const navigate = useNavigate();
  const mayWrite = useHasRole('developer');
  const show = (next: string) =>
    void navigate({ to: `/t/${tenantId}/references/${encodeURIComponent(next)}` as '/' });
  const { mutate, isPending, error } = useUpload(show);
  return (
    <>
      <PageHeader
        title="References"
        parent={{ label: 'Characters', to: `/t/${tenantId}/characters` }}
        description="Uploaded images that requests may follow. One that shows a real person needs the consent of that person on record."
        actions={
          mayWrite && (
            <FileButton
              accept="image/png,image/jpeg,image/webp"
              onChange={(file) => file && mutate(file)}
            >
              {(props) => (
                <Button
                  {...props}
                  loading={isPending}
                  leftSection={<IconUpload size={16} aria-hidden />}
                >
                  Upload an image
                </Button>
              )}
            </FileButton>
          )
        }
      />
      <Stack>
        <ErrorNotice error={error} />
        <Section title="Find one">
          <FindForm onId={show} />
        </Section>
        {id === undefined ? (
          <EmptyState title="No reference is chosen">
            Upload one, or show one by the id that its upload was answered with.
          </EmptyState>
        ) : (
          <ReferenceCard id={id} />
        )}
      </Stack>
    </>
  );
}
