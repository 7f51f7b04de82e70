import { Alert, Anchor, Button, Divider, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link, useSearch } from '@tanstack/react-router';
import { ErrorNotice, PageHeader } from '../../components/index.ts';
import { SignInFrame } from '../../layout/sign-in-frame.tsx';
import { stringifySearch } from '../../search-params.ts';
import type { Session } from '../../session/session.ts';
import { useSession } from '../../session/use-session.ts';
import { useSigningIn } from '../../session/use-signing-in.ts';
import { EmailField, PasswordField } from './parts/credential-fields.tsx';
import { SecondFactorForm } from './parts/second-factor-form.tsx';

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

/** Through the operator's identity provider; the browser goes there and comes back. */
function ProviderButton() {
  const { returnTo } = useSearch({ strict: false });
  return (
    <>
      <Divider label="or" my="md" />
      <Button
        component="a"
        variant="default"
        fullWidth
        href={`/console/api/session/oidc${stringifySearch({ returnTo })}`}
      >
        Sign in with single sign-on
      </Button>
    </>
  );
}

const PROBLEMS: Readonly<Record<string, string>> = {
  forbidden: 'That account may not sign in here. Ask the owner of your tenant for an invitation.',
  unavailable: 'The identity provider cannot be reached. Try again in a moment.',
};
const NOT_FINISHED = 'Single sign-on was not finished. Start it again.';

/** What went wrong while the browser was at the identity provider. */
function ProviderProblem() {
  const { problem } = useSearch({ strict: false });
  if (problem === undefined) return null;
  return (
    <Alert color="red" title="Not signed in" mb="md" role="alert">
      {PROBLEMS[problem] ?? NOT_FINISHED}
    </Alert>
  );
}

function WaysIn({ session }: { session: Session }) {
  return (
    <>
      <PasswordForm />
      {session.oidc && <ProviderButton />}
      {session.signUpOpen && (
        <Text size="sm" mt="md" ta="center">
          New here?{' '}
          <Anchor component={Link} to="/sign-up" inherit>
            Sign up
          </Anchor>
        </Text>
      )}
    </>
  );
}

/** Password, then the code of the second factor where there is one; or the identity provider. */
export function SignInPage() {
  const session = useSession();
  return (
    <SignInFrame>
      <PageHeader title="Sign in" />
      <ProviderProblem />
      {session.secondFactorPending ? <SecondFactorForm /> : <WaysIn session={session} />}
    </SignInFrame>
  );
}
