import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useLocation } from '@tanstack/react-router';
import { ErrorNotice, PageHeader } from '../../components/index.ts';
import { SignInFrame } from '../../layout/sign-in-frame.tsx';
import { passwordProblem } from '../../session/password-rule.ts';
import { useSession } from '../../session/use-session.ts';
import { useSigningIn } from '../../session/use-signing-in.ts';
import { CodeForm } from './parts/code-form.tsx';
import { NewPasswordField } from './parts/credential-fields.tsx';

const SHOW_CODE = {
  method: 'POST',
  path: '/second-factor',
  done: 'Your code was right.',
} as const;

interface Acceptance {
  readonly token: string;
  readonly password?: string;
}

/** Where the link of an invitation leads; its token is behind the `#`. */
export function InvitationPage() {
  const token = useLocation({ select: ({ hash }) => hash });
  const { secondFactorPending } = useSession();
  const accept = useSigningIn<Acceptance>('/invitations');
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (text) => (text === '' ? null : passwordProblem(text)) },
  });
  const submit = form.onSubmit(({ password }) =>
    accept.mutate({ token, ...(password === '' ? {} : { password }) }),
  );
  if (secondFactorPending) {
    return (
      <SignInFrame>
        <PageHeader title="Accept the invitation" />
        <CodeForm command={SHOW_CODE} label="Confirm" onDone={() => accept.mutate({ token })} />
      </SignInFrame>
    );
  }
  return (
    <SignInFrame>
      <PageHeader title="Accept the invitation" />
      <form onSubmit={submit}>
        <Stack>
          {token === '' && (
            <Text size="sm">
              This address holds no invitation. Open the whole of it, with all that follows the #.
            </Text>
          )}
          <NewPasswordField
            label="Choose a password"
            description="Leave it empty when you have an account with this e-mail already."
            required={false}
            {...form.getInputProps('password')}
          />
          <ErrorNotice error={accept.error} title="Not accepted" />
          <Button type="submit" loading={accept.isPending} disabled={token === ''} fullWidth>
            Accept
          </Button>
        </Stack>
      </form>
    </SignInFrame>
  );
}
