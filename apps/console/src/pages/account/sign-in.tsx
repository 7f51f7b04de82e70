import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { ErrorNotice, PageHeader } from '../../components/index.ts';
import { SignInFrame } from '../../layout/sign-in-frame.tsx';
import type { Session } from '../../session/session.ts';
import { useSession } from '../../session/use-session.ts';
import { useSigningIn } from '../../session/use-signing-in.ts';
import { EmailField, PasswordField } from './parts/credential-fields.tsx';
import { SecondFactorForm } from './parts/second-factor-form.tsx';
import { SignInProblem } from './parts/sign-in-problem.tsx';
import { SingleSignOn } from './parts/single-sign-on.tsx';

function PasswordForm() {
  const signIn = useSigningIn<{ email: string; password: string }>('');
  const form = useForm({ initialValues: { email: '', password: '' } });
  return (
    <form onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
      <Stack>
        <EmailField {...form.getInputProps('email')} />
        <PasswordField {...form.getInputProps('password')} />
        <ErrorNotice error={signIn.error} title="Not signed in" />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

function WaysIn({ session }: { session: Session }) {
  return (
    <>
      <PasswordForm />
      {session.oidc && <SingleSignOn />}
      {session.signUpOpen && (
        <Text size="sm" mt="md" ta="center">
          New here?{' '}
          <Anchor component={Link} to="/sign-up" inherit>
            Sign up
          </Anchor>
        </Text>
      )}
      <Text size="xs" c="dimmed" mt="md" ta="center">
        Forgot your password? An operator can make a link that signs you in.
      </Text>
    </>
  );
}

/** Password, then the code of the second factor where there is one; or the identity provider. */
export function SignInPage() {
  const session = useSession();
  return (
    <SignInFrame>
      <PageHeader title="Sign in" />
      <SignInProblem
        title="Not signed in"
        forbidden="That account may not sign in here. Ask the owner of your tenant for an invitation."
      />
      {session.secondFactorPending ? <SecondFactorForm /> : <WaysIn session={session} />}
    </SignInFrame>
  );
}
