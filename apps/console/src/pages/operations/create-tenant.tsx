import { Alert, Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import type { components } from '../../api/openapi.ts';
import { useCommand } from '../../api/use-command.ts';
import { CopyIcon, Dialog, ErrorNotice, PageLink } from '../../components/index.ts';

type Created = components['schemas']['CreatedTenant'];

/** The one time that its webhook secret is shown. */
function CreatedNotice({ created: { tenantId, webhookSecret } }: { created: Created }) {
  return (
    <Stack>
      <Alert color="yellow" title="Shown this once">
        <Text size="sm">The secret signs every webhook of the tenant. Hand it over now.</Text>
      </Alert>
      <Group gap="xs" wrap="nowrap">
        <Code style={{ overflowWrap: 'anywhere' }}>{webhookSecret}</Code>
        <CopyIcon value={webhookSecret} label="Copy the webhook secret" />
      </Group>
      <PageLink to="/operations/tenants/$tenant" params={{ tenant: tenantId }}>
        Open {tenantId}
      </PageLink>
    </Stack>
  );
}

interface CreateFormProps {
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onSubmit: (fields: { name: string; id: string }) => void;
}

function CreateForm({ isPending, error, onSubmit }: CreateFormProps) {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', id: '' },
    validate: {
      name: (name) => (name.trim() === '' ? 'Give it a name.' : null),
      id: (id) => (/^[a-z0-9_]*$/.test(id) ? null : 'Lowercase letters, digits and underscores.'),
    },
  });
  return (
    <form onSubmit={form.onSubmit(onSubmit)} noValidate>
      <Stack>
        <TextInput
          label="Name"
          required
          maxLength={100}
          data-autofocus
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label="Id"
          description="Made up when empty. It cannot be changed."
          maxLength={64}
          key={form.key('id')}
          {...form.getInputProps('id')}
        />
        <ErrorNotice error={error} />
        <Group justify="flex-end">
          <Button type="submit" loading={isPending}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Makes a tenant with a token account of its own. */
export function CreateTenant() {
  const api = useOperatorApi();
  const [opened, { open, close }] = useDisclosure(false);
  const create = useCommand({
    run: ({ name, id }: { name: string; id: string }) => {
      const body = id === '' ? { name: name.trim() } : { name: name.trim(), id };
      return answerOf(api.POST('/admin/v1/tenants', { body }));
    },
    done: ({ tenantId }: Created) => `${tenantId} is created.`,
    touches: [['tenants']],
  });
  const leave = () => {
    close();
    create.reset();
  };
  return (
    <>
      <Button onClick={open}>Create a tenant</Button>
      {opened && (
        <Dialog onClose={leave} title="Create a tenant" holdsSecret={create.data !== undefined}>
          {create.data ? (
            <CreatedNotice created={create.data} />
          ) : (
            <CreateForm
              isPending={create.isPending}
              error={create.error}
              onSubmit={create.mutate}
            />
          )}
        </Dialog>
      )}
    </>
  );
}
