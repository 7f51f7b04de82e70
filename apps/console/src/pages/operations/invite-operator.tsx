import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { useCommand } from '../../api/use-command.ts';
import { Dialog, ErrorNotice } from '../../components/index.ts';
import type { OperatorRole } from '../../session/session.ts';
import { RoleChoice } from './role-choice.tsx';
import { ShownLink } from './sign-in-link.tsx';

interface Invitation {
  readonly email: string;
  readonly roles: OperatorRole[];
  readonly reason: string;
}

interface InviteFormProps {
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onSubmit: (invitation: Invitation) => void;
}

function InviteForm({ isPending, error, onSubmit }: InviteFormProps) {
  const form = useForm<Invitation>({
    initialValues: { email: '', roles: [], reason: '' },
    validate: {
      email: (email) => (email.includes('@') ? null : 'An e-mail address.'),
      reason: (reason) => (reason.trim() === '' ? 'Say why.' : null),
    },
  });
  return (
    <form onSubmit={form.onSubmit(onSubmit)} noValidate>
      <Stack>
        <TextInput
          label="E-mail"
          type="email"
          required
          data-autofocus
          {...form.getInputProps('email')}
        />
        <RoleChoice
          value={form.values.roles}
          onChange={(roles) => form.setFieldValue('roles', roles)}
        />
        <Textarea
          label="Reason"
          description="Kept for good with your name."
          required
          maxLength={500}
          {...form.getInputProps('reason')}
        />
        <ErrorNotice error={error} />
        <Group justify="flex-end">
          <Button type="submit" loading={isPending} disabled={form.values.roles.length === 0}>
            Invite
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Makes somebody an operator, and a link for the first sign-in. */
export function InviteOperator() {
  const api = useOperatorApi();
  const [opened, { open, close }] = useDisclosure(false);
  const invite = useCommand({
    run: (body: Invitation) => answerOf(api.POST('/admin/v1/users', { body })),
    done: 'The operator can sign in by the link.',
    touches: [['users']],
  });
  const leave = () => {
    close();
    invite.reset();
  };
  return (
    <>
      <Button onClick={open}>Invite an operator</Button>
      {opened && (
        <Dialog onClose={leave} title="Invite an operator" holdsSecret={invite.data !== undefined}>
          {invite.data ? (
            <ShownLink {...invite.data} />
          ) : (
            <InviteForm
              isPending={invite.isPending}
              error={invite.error}
              onSubmit={invite.mutate}
            />
          )}
        </Dialog>
      )}
    </>
  );
}
