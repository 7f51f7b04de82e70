import { Button, Group, MultiSelect, Select, Stack, TagsInput, TextInput } from '@mantine/core';

import { useForm } from '@mantine/form';
import { useState } from 'react';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { useCommand } from '../../../api/use-command.ts';
import { Dialog, ErrorNotice } from '../../../components/index.ts';
import { SecretNotice } from '../../../components/secret-notice.tsx';
import { useTenantId } from '../../../session/use-tenant.ts';
import { expiryAfter, SCOPES, type Scope } from './key-state.ts';

const LIVES = [
  { value: '0', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
];

const initialValues = {
  name: '',
  mode: 'live' as 'live' | 'test',
  scopes: ['generations:write', 'generations:read', 'balance:read'] as Scope[],
  models: [] as string[],
  days: '0',
};

/** Issues a key; resolves to the key itself. */
function useIssue(onIssued: (secret: string) => void) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useCommand({
    run: ({ name, mode, scopes, models, days }: typeof initialValues) => {
      const expiresAt = expiryAfter(Number(days), new Date());
      const chosen = models.length === 0 ? null : models;
      const body = { name, mode, scopes, models: chosen, expiresAt };
      return answerOf(api.POST('/v1/keys', { body }));
    },
    done: 'The key is issued.',
    touches: [['keys', tenantId]],
    onDone: ({ key }) => onIssued(key),
  });
}

function IssueForm({ onIssued }: { onIssued: (secret: string) => void }) {
  const issue = useIssue(onIssued);
  const form = useForm({
    initialValues,
    validate: { scopes: (scopes) => (scopes.length === 0 ? 'Choose at least one.' : null) },
  });
  return (
    <form onSubmit={form.onSubmit((values) => issue.mutate(values))}>
      <Stack>
        <TextInput
          label="Name"
          description="What will use it."
          required
          maxLength={100}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Select
          label="Kind"
          data={[
            { value: 'live', label: 'Live: imp_live_…' },
            { value: 'test', label: 'Test: imp_test_…' },
          ]}
          allowDeselect={false}
          {...form.getInputProps('mode')}
        />
        <MultiSelect
          label="Scopes"
          description="What it may do. Give it no more than it needs."
          data={Object.entries(SCOPES).map(([value, label]) => ({
            value,
            label: `${value}: ${label}`,
          }))}
          searchable
          {...form.getInputProps('scopes')}
        />
        <TagsInput
          label="Models"
          description="Aliases of the models it may use; none for all."
          {...form.getInputProps('models')}
        />
        <Select
          label="Expires"
          data={LIVES}
          allowDeselect={false}
          {...form.getInputProps('days')}
        />
        <ErrorNotice error={issue.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={issue.isPending}>
            Issue the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Asks for the terms of a key, then shows it once. */
export function IssueKeyDialog({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Dialog
      onClose={onClose}
      title={secret === null ? 'Issue a key' : 'Your new key'}
      holdsSecret={secret !== null}
    >
      {secret === null ? (
        <IssueForm onIssued={setSecret} />
      ) : (
        <SecretNotice secret={secret} onDone={onClose} />
      )}
    </Dialog>
  );
}
