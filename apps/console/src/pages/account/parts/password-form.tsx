import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ErrorNotice } from '../../../components/index.ts';
import { passwordProblem } from '../../../session/password-rule.ts';
import { useSignedIn } from '../../../session/use-session.ts';
import { useSessionCommand } from '../../../session/use-session-command.ts';
import { NewPasswordField, PasswordField } from './credential-fields.tsx';

interface NewPassword {
  readonly currentPassword?: string;
  readonly newPassword: string;
}

/** Sets a password, the first one too. All other sessions end. */
export function PasswordForm() {
  const { hasPassword } = useSignedIn().user;
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: { newPassword: passwordProblem },
  });
  const change = useSessionCommand<NewPassword>({
    method: 'PUT',
    path: '/password',
    done: 'Your password is set. You are signed out everywhere else.',
    onDone: () => form.reset(),
  });
  const submit = form.onSubmit(({ currentPassword, newPassword }) =>
    change.mutate({ newPassword, ...(hasPassword ? { currentPassword } : {}) }),
  );
  return (
    <form onSubmit={submit}>
      <Stack maw={420}>
        {hasPassword && (
          <PasswordField label="Current password" {...form.getInputProps('currentPassword')} />
        )}
        <NewPasswordField label="New password" {...form.getInputProps('newPassword')} />
        <ErrorNotice error={change.error} />
        <Group>
          <Button type="submit" loading={change.isPending}>
            Set the password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
