import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { useCommand } from '../../../api/use-command.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { useTenantId } from '../../../session/use-tenant.ts';

const FIELDS = [
  { name: 'person', label: 'Person whom the image shows', type: 'text', required: true },
  { name: 'grantedAt', label: 'Agreed on', type: 'date', required: true },
  { name: 'expiresAt', label: 'Holds until; for good when empty', type: 'date', required: false },
  { name: 'document', label: 'Where the signed document is', type: 'text', required: false },
] as const;

type Draft = Record<(typeof FIELDS)[number]['name'] | 'statement', string>;

const EMPTY: Draft = { person: '', statement: '', grantedAt: '', expiresAt: '', document: '' };

const startOf = (day: string) => `${day}T00:00:00Z`;

/** Puts on record what a real person has agreed to. */
export function ConsentDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const [draft, setDraft] = useState(EMPTY);
  const { mutate, isPending, error } = useCommand({
    run: ({ person, statement, grantedAt, expiresAt, document }: Draft) => {
      const body = {
        person,
        statement,
        grantedAt: startOf(grantedAt),
        expiresAt: expiresAt === '' ? null : startOf(expiresAt),
        document: document === '' ? null : document,
      };
      return answerOf(api.PUT('/v1/references/{id}/consent', { params: { path: { id } }, body }));
    },
    done: 'The consent is on record.',
    touches: [['references', tenantId]],
    onDone: onClose,
  });
  const change = (name: keyof Draft, value: string) =>
    setDraft((all) => ({ ...all, [name]: value }));
  return (
    <Dialog onClose={onClose} title="Record a consent">
      <DialogForm
        submitLabel="Record"
        isPending={isPending}
        error={error}
        onSubmit={() => mutate(draft)}
        onClose={onClose}
      >
        <Textarea
          label="What the person has agreed to"
          required
          autosize
          minRows={2}
          maxLength={4_000}
          value={draft.statement}
          onChange={(event) => change('statement', event.currentTarget.value)}
        />
        {FIELDS.map(({ name, label, type, required }) => (
          <TextInput
            key={name}
            label={label}
            type={type}
            required={required}
            value={draft[name]}
            onChange={(event) => change(name, event.currentTarget.value)}
          />
        ))}
      </DialogForm>
    </Dialog>
  );
}
